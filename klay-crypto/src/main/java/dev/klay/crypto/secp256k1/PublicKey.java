package dev.klay.crypto.secp256k1;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import org.jspecify.annotations.Nullable;

/** A point of the curve. */
public final class PublicKey {
  /** x and y, 32 bytes each, big-endian. */
  private final Bytes point;

  // A cache; a race only computes it twice.
  private volatile @Nullable Address address;

  PublicKey(byte[] point) {
    this.point = Bytes.wrap(point);
  }

  /**
   * 33 bytes (02 or 03, x), 65 bytes (04, x, y) or 64 bytes (x, y).
   *
   * @throws InvalidKeyException if the length is another or the point is not on the curve
   */
  public static PublicKey decode(Bytes encoded) {
    byte[] bytes = encoded.unsafeArray();
    if (bytes.length == 64) {
      byte[] prefixed = new byte[65];
      prefixed[0] = 4;
      System.arraycopy(bytes, 0, prefixed, 1, 64);
      bytes = prefixed;
    }
    boolean compressed = bytes.length == 33 && (bytes[0] == 2 || bytes[0] == 3);
    boolean uncompressed = bytes.length == 65 && bytes[0] == 4;
    byte[] point = compressed || uncompressed ? Backends.ACTIVE.decodePoint(bytes) : null;
    if (point == null) {
      throw new InvalidKeyException("not a point of secp256k1: " + encoded);
    }
    return new PublicKey(point);
  }

  /** x and y: 64 bytes, big-endian. */
  public Bytes toBytes() {
    return point;
  }

  /** 33 bytes: 02 for even y or 03 for odd, then x. */
  public Bytes toCompressed() {
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (2 + (point.get(63) & 1));
    System.arraycopy(point.unsafeArray(), 0, compressed, 1, 32);
    return Bytes.wrap(compressed);
  }

  /** The last 20 bytes of Keccak-256 over x and y. */
  public Address toAddress() {
    Address known = address;
    if (known == null) {
      known = Address.fromHash(Keccak256.hash(point));
      address = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey that && point.equals(that.point);
  }

  @Override
  public int hashCode() {
    return point.hashCode();
  }

  @Override
  public String toString() {
    return toCompressed().toHex();
  }
}
