package dev.klay.core.account;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.keystore.KeyRole;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What controls an account: decides which signatures are valid for which {@link Role}. Immutable.
 *
 * <p>Serialised as two RLP items side by side, the type number and the body (Klaytn account keys).
 * A decoded key need not be one that an account may have; {@link #checkInstallable()} tells.
 */
public sealed interface AccountKey
    permits AccountKeyNil,
        AccountKeyLegacy,
        AccountKeyPublic,
        AccountKeyFail,
        AccountKeyWeightedMultiSig,
        AccountKeyRoleBased {
  AccountKey NIL = new AccountKeyNil();
  AccountKey LEGACY = new AccountKeyLegacy();
  AccountKey FAIL = new AccountKeyFail();

  /** Gas of an account update for each public key in the new key. */
  long GAS_PER_KEY = 20_000;

  /**
   * A key as an account update carries it.
   *
   * @throws DecodingException if it is not exactly one canonical key of a known type
   */
  static AccountKey decode(Bytes encoded) {
    RlpReader reader = RlpReader.of(encoded);
    AccountKey key = read(reader);
    reader.expectEnd();
    return key;
  }

  /**
   * The key of an account for which a keystore signs: of each role the keystore has keys for, that
   * key, or where there are several all of them together. A role without keys is that of
   * transactions.
   */
  static AccountKey of(UnlockedKeystore keystore) {
    AccountKey transaction = ofAll(keystore.signingKeys(KeyRole.TRANSACTION));
    boolean paysFees = !keystore.keys(KeyRole.FEE_PAYER).isEmpty();
    if (keystore.keys(KeyRole.ACCOUNT_UPDATE).isEmpty() && !paysFees) {
      return transaction;
    }
    List<AccountKey> roles = new ArrayList<>();
    roles.add(transaction);
    roles.add(ofAll(keystore.signingKeys(KeyRole.ACCOUNT_UPDATE)));
    if (paysFees) {
      roles.add(ofAll(keystore.signingKeys(KeyRole.FEE_PAYER)));
    }
    return new AccountKeyRoleBased(roles);
  }

  private static AccountKey ofAll(List<PrivateKey> keys) {
    if (keys.size() == 1) {
      return new AccountKeyPublic(keys.get(0).publicKey());
    }
    return new AccountKeyWeightedMultiSig(
        keys.size(), keys.stream().map(key -> new WeightedKey(1, key.publicKey())).toList());
  }

  /**
   * The next items of the reader, as a key stands in an account.
   *
   * @throws DecodingException if they are no key
   */
  static AccountKey read(RlpReader reader) {
    return AccountKeyReader.read(reader, 0);
  }

  /** The type number, the first item of the serialised form. */
  int type();

  /** Writes type and body; the nil key has no body. */
  void writeTo(RlpWriter writer);

  default Bytes encode() {
    RlpWriter writer = new RlpWriter();
    writeTo(writer);
    return writer.toBytes();
  }

  /** The key that signs for a role; a key without roles signs for all. */
  default AccountKey forRole(Role role) {
    return this;
  }

  /**
   * Whether these signatures are valid for an account with this key.
   *
   * @param signers the public key recovered from each signature, in their order
   * @param account the address of the account
   * @param istanbul whether the block is past the Istanbul fork, which made multisig strict
   */
  boolean isSatisfiedBy(List<PublicKey> signers, Address account, Role role, boolean istanbul);

  /** Whether the public key is a part of this key, in whatever role. */
  boolean contains(PublicKey signer, Address account);

  /** Number of public keys in this key. */
  int keyCount();

  /** Gas for giving this key to an account. */
  default long creationGas() {
    return GAS_PER_KEY * keyCount();
  }

  /** Gas for checking so many signatures of the role. */
  default long validationGas(Role role, int signatures, boolean istanbul) {
    return 0;
  }

  /** Why this key cannot replace a key of another type, empty if it can. */
  Optional<KeyUpdateError> checkInstallable();

  /** Why the new key cannot replace this one, empty if it can. */
  default Optional<KeyUpdateError> checkReplaceable(AccountKey newKey) {
    return newKey.checkInstallable();
  }

  /**
   * The key an account has after the update; the new key has passed {@link #checkReplaceable}. Of
   * role-based keys, roles that the new key does not name stay.
   */
  default AccountKey replacedBy(AccountKey newKey) {
    return newKey;
  }
}
