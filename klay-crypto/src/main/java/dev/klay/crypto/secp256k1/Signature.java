package dev.klay.crypto.secp256k1;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;

/**
 * A recoverable ECDSA signature.
 *
 * @param r 1 to n-1
 * @param s 1 to n-1; a signature we make has {@link #isLowS() low s}
 * @param recoveryId 0 or 1, the parity of the nonce point's y
 */
public record Signature(UInt256 r, UInt256 s, int recoveryId) {
  /** The order of the group. */
  public static final UInt256 N =
      UInt256.fromHex("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

  private static final UInt256 HALF_N = UInt256.of(N.toBigInteger().divide(BigInteger.TWO));

  /** Checks the ranges; throws {@link InvalidSignatureException}. High s is allowed here. */
  public Signature {
    if (r.isZero() || s.isZero() || r.compareTo(N) >= 0 || s.compareTo(N) >= 0) {
      throw new InvalidSignatureException(
          "r and s of a signature are 1 to n-1: r=" + r + " s=" + s);
    }
    if (recoveryId != 0 && recoveryId != 1) {
      throw new InvalidSignatureException("the recovery id is 0 or 1, not " + recoveryId);
    }
  }

  /**
   * 65 bytes: r, s, recovery id (0 or 1), big-endian.
   *
   * @throws InvalidSignatureException on another length or out-of-range values
   */
  public static Signature decode(Bytes bytes) {
    if (bytes.size() != 65) {
      throw new InvalidSignatureException("a signature has 65 bytes, not " + bytes.size());
    }
    byte[] array = bytes.unsafeArray();
    return new Signature(
        UInt256.fromBytes(array, 0, 32), UInt256.fromBytes(array, 32, 32), array[64]);
  }

  /** 65 bytes: r, s, recovery id (0 or 1), big-endian. */
  public Bytes encode() {
    byte[] bytes = new byte[65];
    System.arraycopy(r.toBytes32(), 0, bytes, 0, 32);
    System.arraycopy(s.toBytes32(), 0, bytes, 32, 32);
    bytes[64] = (byte) recoveryId;
    return Bytes.wrap(bytes);
  }

  /** Whether s is at most n/2, the only form that transactions and consensus accept (EIP-2). */
  public boolean isLowS() {
    return s.compareTo(HALF_N) <= 0;
  }

  /**
   * The key that made this signature over the digest.
   *
   * @throws InvalidSignatureException if there is none
   */
  public PublicKey recover(Hash digest) {
    byte[] key = Backends.ACTIVE.recover(digest.unsafeArray(), encode().unsafeArray(), recoveryId);
    if (key == null) {
      throw new InvalidSignatureException("the signature recovers to no key: " + encode());
    }
    return new PublicKey(key);
  }

  /** The address of {@link #recover}. */
  public Address recoverAddress(Hash digest) {
    return recover(digest).toAddress();
  }

  /** Whether this key made this signature over the digest. */
  public boolean verify(Hash digest, PublicKey key) {
    byte[] found =
        Backends.ACTIVE.recover(digest.unsafeArray(), encode().unsafeArray(), recoveryId);
    return found != null && new PublicKey(found).equals(key);
  }
}
