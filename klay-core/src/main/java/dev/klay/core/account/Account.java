package dev.klay.core.account;

import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;

/**
 * An account of a state. One record for both types, because they have the same parts: from Prague
 * on an externally owned account may have code, too.
 *
 * @param nonce unsigned; number of transactions sent or, of a contract, contracts created plus one
 * @param key what signs for the account; contracts have {@link AccountKey#FAIL}
 */
public record Account(
    AccountType type, long nonce, Amount balance, AccountKey key, Storage storage, Code code) {
  public Account {
    if (key instanceof AccountKeyNil) {
      throw new IllegalArgumentException("no account has AccountKeyNil");
    }
  }

  /** A new account that no transaction has been sent from. */
  public static Account externallyOwned() {
    return new Account(
        AccountType.EXTERNALLY_OWNED, 0, Amount.ZERO, AccountKey.LEGACY, Storage.EMPTY, Code.EMPTY);
  }

  /** A new contract without code yet, which keeps what its address was sent before. */
  public static Account contract(Amount balance) {
    return new Account(
        AccountType.SMART_CONTRACT, 0, balance, AccountKey.FAIL, Storage.EMPTY, Code.EMPTY);
  }

  public Account withNonce(long newNonce) {
    return new Account(type, newNonce, balance, key, storage, code);
  }

  public Account withBalance(Amount newBalance) {
    return new Account(type, nonce, newBalance, key, storage, code);
  }

  public Account withKey(AccountKey newKey) {
    return new Account(type, nonce, balance, newKey, storage, code);
  }

  public Account withStorage(Storage newStorage) {
    return new Account(type, nonce, balance, key, newStorage, code);
  }

  public Account withCode(Code newCode) {
    return new Account(type, nonce, balance, key, storage, newCode);
  }

  public boolean isContract() {
    return type == AccountType.SMART_CONTRACT;
  }

  /**
   * Whether the account is removed once a transaction touches it (EIP-161): nothing sent, nothing
   * owned, and no key or code that would be lost. Storage alone does not keep an account.
   */
  public boolean isEmpty() {
    return nonce == 0
        && balance.isZero()
        && code.isEmpty()
        && (isContract() || key instanceof AccountKeyLegacy);
  }

  /** Why an account update cannot give this account the new key, empty if it can. */
  public Optional<KeyUpdateError> checkKeyUpdate(AccountKey newKey) {
    return isContract() ? Optional.of(KeyUpdateError.NOT_MODIFIABLE) : key.checkReplaceable(newKey);
  }

  public AccountLeaf leaf() {
    return new AccountLeaf(type, nonce, balance, key, storage.rootHash(), code.hash(), code.info());
  }

  /** The value of the state trie, see {@link AccountLeaf}. */
  public Bytes encode() {
    return leaf().encode();
  }
}
