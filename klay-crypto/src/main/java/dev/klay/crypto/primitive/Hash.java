package dev.klay.crypto.primitive;

import dev.klay.crypto.DecodingException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Exactly 32 bytes, mostly a Keccak-256 digest. Immutable. */
public final class Hash implements Comparable<Hash> {
  public static final int SIZE = 32;
  public static final Hash ZERO = new Hash(new byte[SIZE]);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new DecodingException("a hash has 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /**
   * A copy of 32 bytes.
   *
   * @throws DecodingException if there are more or fewer
   */
  public static Hash of(byte[] bytes) {
    return new Hash(bytes.clone());
  }

  /** Takes the array over without copying it; the caller must not use it afterwards. */
  public static Hash wrap(byte[] bytes) {
    return new Hash(bytes);
  }

  /**
   * 64 hexadecimal digits, {@code 0x} optional.
   *
   * @throws DecodingException on other text
   */
  public static Hash fromHex(String hex) {
    return new Hash(Hex.decode(hex));
  }

  /** A fresh copy. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** The backing array itself, for readers inside this project that never write to it. */
  public byte[] unsafeArray() {
    return bytes;
  }

  public Bytes toBytes() {
    return Bytes.wrap(bytes);
  }

  public boolean isZero() {
    return equals(ZERO);
  }

  /** Lower-case hexadecimal behind {@code 0x}. */
  public String toHex() {
    return Hex.prefixed(bytes);
  }

  /** Orders as unsigned big-endian integers. */
  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  /** The first four bytes: a digest is spread evenly already. */
  @Override
  public int hashCode() {
    return (int) INT.get(bytes, 0) ^ (int) INT.get(bytes, SIZE - 4);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
