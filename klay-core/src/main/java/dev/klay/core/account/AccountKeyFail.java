package dev.klay.core.account;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.List;
import java.util.Optional;

/** No signature is ever valid: the key of contracts and of accounts given up. */
public record AccountKeyFail() implements AccountKey {
  static final int TYPE = 3;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeTo(RlpWriter writer) {
    writer.integer(TYPE).beginList().endList();
  }

  @Override
  public boolean isSatisfiedBy(
      List<PublicKey> signers, Address account, Role role, boolean istanbul) {
    return false;
  }

  @Override
  public boolean contains(PublicKey signer, Address account) {
    return false;
  }

  @Override
  public int keyCount() {
    return 0;
  }

  @Override
  public Optional<KeyUpdateError> checkInstallable() {
    return Optional.empty();
  }

  /** A member of a role-based key may still be replaced by a key of another type. */
  @Override
  public Optional<KeyUpdateError> checkReplaceable(AccountKey newKey) {
    return newKey instanceof AccountKeyFail
        ? Optional.of(KeyUpdateError.FAIL_NOT_UPDATABLE)
        : newKey.checkInstallable();
  }
}
