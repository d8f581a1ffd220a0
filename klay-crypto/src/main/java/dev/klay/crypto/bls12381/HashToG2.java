package dev.klay.crypto.bls12381;

import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** hash_to_curve of the suite BLS12381G2_XMD:SHA-256_SSWU_RO_. Source: RFC 9380 section 8.8.2. */
public final class HashToG2 {
  private static final int DIGEST_SIZE = 32;
  private static final int BLOCK_SIZE = 64;

  /** L: bytes that are reduced to one field element. */
  private static final int ELEMENT_BYTES = 64;

  private static final int DOMAIN_MAX = 255;

  private HashToG2() {}

  /**
   * A point of the subgroup that nobody knows a multiple of.
   *
   * @param message of any length
   * @param domain the domain separation tag, 1 to 255 bytes
   */
  public static G2 hash(Bytes message, Bytes domain) {
    byte[] uniform = expand(message, domain, 4 * ELEMENT_BYTES);
    return G2.ofSubgroup(
        MapToG2.mapBoth(
            new Fp2(element(uniform, 0), element(uniform, 1)),
            new Fp2(element(uniform, 2), element(uniform, 3))));
  }

  private static Fp element(byte[] uniform, int index) {
    return Fp.of(new BigInteger(1, uniform, index * ELEMENT_BYTES, ELEMENT_BYTES));
  }

  /** expand_message_xmd with SHA-256. Source: RFC 9380 section 5.3.1. */
  static byte[] expand(Bytes message, Bytes domain, int length) {
    if (domain.isEmpty() || domain.size() > DOMAIN_MAX) {
      throw new IllegalArgumentException(
          "a domain separation tag has 1 to 255 bytes, not " + domain.size());
    }
    byte[] dst = Arrays.copyOf(domain.unsafeArray(), domain.size() + 1);
    dst[domain.size()] = (byte) domain.size();
    MessageDigest sha256 = sha256();
    sha256.update(new byte[BLOCK_SIZE]);
    sha256.update(message.unsafeArray());
    sha256.update(new byte[] {(byte) (length >> 8), (byte) length, 0});
    byte[] first = sha256.digest(dst);
    byte[] output = new byte[length];
    byte[] block = new byte[DIGEST_SIZE];
    for (int i = 0; i * DIGEST_SIZE < length; i++) {
      for (int k = 0; k < DIGEST_SIZE; k++) {
        block[k] ^= first[k];
      }
      sha256.update(block);
      sha256.update((byte) (i + 1));
      block = sha256.digest(dst);
      System.arraycopy(
          block, 0, output, i * DIGEST_SIZE, Math.min(DIGEST_SIZE, length - i * DIGEST_SIZE));
    }
    return output;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
