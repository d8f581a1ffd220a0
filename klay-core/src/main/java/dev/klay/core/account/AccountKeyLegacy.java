package dev.klay.core.account;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.List;
import java.util.Optional;

/** The key that the address was made from. Every account starts with it. */
public record AccountKeyLegacy() implements AccountKey {
  static final int TYPE = 1;

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
    return signers.size() == 1 && contains(signers.get(0), account);
  }

  @Override
  public boolean contains(PublicKey signer, Address account) {
    return signer.toAddress().equals(account);
  }

  @Override
  public int keyCount() {
    return 0;
  }

  @Override
  public Optional<KeyUpdateError> checkInstallable() {
    return Optional.empty();
  }
}
