package dev.klay.core.account;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * One public key, independent of the address.
 *
 * @param key a point of the curve, which makes this key always installable
 */
public record AccountKeyPublic(PublicKey key) implements AccountKey {
  static final int TYPE = 2;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeTo(RlpWriter writer) {
    writer.integer(TYPE).bytes(key.toCompressed());
  }

  @Override
  public boolean isSatisfiedBy(
      List<PublicKey> signers, Address account, Role role, boolean istanbul) {
    return signers.size() == 1 && contains(signers.get(0), account);
  }

  @Override
  public boolean contains(PublicKey signer, Address account) {
    return signer.equals(key);
  }

  @Override
  public int keyCount() {
    return 1;
  }

  @Override
  public Optional<KeyUpdateError> checkInstallable() {
    return Optional.empty();
  }
}
