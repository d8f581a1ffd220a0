package dev.klay.crypto.bls12381;

import dev.klay.crypto.primitive.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A public key of BLS signatures: a point of G1 other than infinity, in the subgroup. Signatures
 * are points of G2; the suite is BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_ of
 * draft-irtf-cfrg-bls-signature-05, which Klaytn's Randao uses (KIP-113, KIP-114).
 *
 * <p>Aggregates are safe only among keys that have each proved possession of their secret.
 */
public final class BlsPublicKey {
  /** Bytes of an encoded key. */
  public static final int SIZE = Fp.SIZE;

  private static final Bytes SIGNATURE_DOMAIN =
      domain("BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_");
  private static final Bytes POSSESSION_DOMAIN =
      domain("BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_");

  private final G1 point;
  private final Bytes encoded;

  private BlsPublicKey(G1 point, Bytes encoded) {
    this.point = point;
    this.encoded = encoded;
  }

  /**
   * Reads and checks a key (KeyValidate).
   *
   * @param encoded 48 bytes, compressed
   * @throws InvalidPointException if it is no point of the subgroup, or infinity
   */
  public static BlsPublicKey decode(Bytes encoded) {
    G1 point = G1.decode(encoded).ensureInSubgroup();
    if (point.isInfinity()) {
      throw new InvalidPointException("infinity is no public key");
    }
    return new BlsPublicKey(point, encoded);
  }

  /** The 48 bytes that {@link #decode} reads. */
  public Bytes encode() {
    return encoded;
  }

  /**
   * Whether a signature over a message was made with this key's secret. False, never an exception,
   * for bytes that are no signature at all.
   *
   * @param signature 96 bytes, a compressed point of G2
   */
  public boolean verify(Bytes message, Bytes signature) {
    return verify(HashToG2.hash(message, SIGNATURE_DOMAIN), signature);
  }

  /**
   * Whether the owner of this key has proved to know its secret (PopVerify; KIP-113 registers keys
   * with such a proof).
   *
   * @param proof 96 bytes, a compressed point of G2
   */
  public boolean verifyPossession(Bytes proof) {
    return verify(HashToG2.hash(encoded, POSSESSION_DOMAIN), proof);
  }

  /** e(key, hash) = e(generator, signature). */
  private boolean verify(G2 hash, Bytes signature) {
    try {
      return new Pairing()
          .multiply(point, hash)
          .multiply(G1.GENERATOR.negate(), G2.decode(signature))
          .isOne();
    } catch (InvalidPointException e) {
      return false;
    }
  }

  private static Bytes domain(String name) {
    return Bytes.wrap(name.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BlsPublicKey that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  @Override
  public String toString() {
    return encoded.toHex();
  }
}
