package dev.klay.core.state;

import dev.klay.core.account.Account;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.Code;
import dev.klay.core.trie.Proof;
import dev.klay.core.trie.Trie;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * All accounts at the end of one block; never changes. Keeping one, or executing on it, costs
 * nothing but what differs from its neighbours. The trie's key is Keccak-256 of the address.
 *
 * <pre>{@code
 * StateUpdater updater = new StateUpdater(parentState);
 * updater.addBalance(recipient, amount);
 * WorldState next = updater.build(true);
 * }</pre>
 */
public final class WorldState implements StateView {
  /** The state without any account. */
  public static final WorldState EMPTY = new WorldState(Trie.empty(Account::encode));

  private final Trie<Account> accounts;

  WorldState(Trie<Account> accounts) {
    this.accounts = accounts;
  }

  Trie<Account> accounts() {
    return accounts;
  }

  public Hash rootHash() {
    return accounts.rootHash();
  }

  public Optional<Account> account(Address address) {
    return accounts.get(address.keccak());
  }

  /** This state with the account of an address instead of what it has there. */
  public WorldState with(Bytes addressHash, Account account) {
    return new WorldState(accounts.put(addressHash, account));
  }

  /** This state without the account of an address; itself if it has none there. */
  public WorldState without(Address address) {
    return new WorldState(accounts.remove(address.keccak()));
  }

  /** All accounts, by Keccak-256 of their addresses in ascending order. */
  public void forEach(BiConsumer<Bytes, Account> action) {
    accounts.forEach(action);
  }

  /**
   * Proves the account, or that there is none, against {@link #rootHash()}. The proven value is an
   * {@link dev.klay.core.account.AccountLeaf}; slots are proven by {@link Account#storage()}.
   */
  public Proof proof(Address address) {
    return accounts.proof(address.keccak());
  }

  @Override
  public boolean exists(Address address) {
    return account(address).isPresent();
  }

  @Override
  public boolean isContract(Address address) {
    return account(address).map(Account::isContract).orElse(false);
  }

  @Override
  public long nonce(Address address) {
    return account(address).map(Account::nonce).orElse(0L);
  }

  @Override
  public Amount balance(Address address) {
    return account(address).map(Account::balance).orElse(Amount.ZERO);
  }

  @Override
  public AccountKey key(Address address) {
    return account(address).map(Account::key).orElse(AccountKey.LEGACY);
  }

  @Override
  public Code code(Address address) {
    return account(address).map(Account::code).orElse(Code.EMPTY);
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    return account(address).map(a -> a.storage().get(slot)).orElse(UInt256.ZERO);
  }
}
