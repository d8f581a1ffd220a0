package dev.klay.core.account;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.List;
import java.util.Optional;

/** "Keep what is there": a member of a role-based update. No account has it. */
public record AccountKeyNil() implements AccountKey {
  static final int TYPE = 0;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeTo(RlpWriter writer) {
    writer.integer(TYPE);
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
    return Optional.of(KeyUpdateError.NIL_UNINITIALIZABLE);
  }
}
