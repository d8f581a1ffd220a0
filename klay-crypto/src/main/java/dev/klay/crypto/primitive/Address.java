package dev.klay.crypto.primitive;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * 20 bytes that name an account. Text is the EIP-55 mixed-case checksum form; ordering is that of
 * unsigned bytes.
 */
public final class Address implements Comparable<Address> {
  public static final int SIZE = 20;
  public static final Address ZERO = new Address(new byte[SIZE]);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;

  /** Cache of {@link #keccak()}; a race only computes it twice. */
  private @Nullable Hash keccak;

  private Address(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new DecodingException("an address has 20 bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /**
   * A copy of 20 bytes.
   *
   * @throws DecodingException if there are more or fewer
   */
  public static Address of(byte[] bytes) {
    return new Address(bytes.clone());
  }

  /** Takes the array over without copying it; the caller must not use it afterwards. */
  public static Address wrap(byte[] bytes) {
    return new Address(bytes);
  }

  /** The last 20 bytes of the hash, as an address is made from a public key. */
  public static Address fromHash(Hash hash) {
    return new Address(Arrays.copyOfRange(hash.unsafeArray(), Hash.SIZE - SIZE, Hash.SIZE));
  }

  /**
   * 40 hexadecimal digits behind an optional {@code 0x}. Text in one case is taken as it is; text
   * of mixed case must carry a right EIP-55 checksum, so that a typing error is found before
   * anything is signed.
   *
   * @throws InvalidAddressException on other text or a wrong checksum
   */
  public static Address parse(String text) {
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    if (digits.length() != 2 * SIZE) {
      throw new InvalidAddressException(
          text, "an address is 0x and 40 hexadecimal digits, not " + digits.length());
    }
    Address address;
    try {
      address = new Address(Hex.decode(digits));
    } catch (DecodingException e) {
      throw new InvalidAddressException(text, "an address is written in hexadecimal digits");
    }
    boolean mixed = !digits.equals(lower(digits)) && !digits.equals(upper(digits));
    if (mixed && !address.toString().endsWith(digits)) {
      throw new InvalidAddressException(text, "the checksum (EIP-55) does not match");
    }
    return address;
  }

  /** Keccak-256 of the 20 bytes: the key of this account in the state trie. Computed once. */
  public Hash keccak() {
    Hash hash = keccak;
    if (hash == null) {
      hash = Keccak256.hash(bytes);
      keccak = hash;
    }
    return hash;
  }

  /** A fresh copy. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** The backing array itself, for readers inside this project that never write to it. */
  public byte[] unsafeArray() {
    return bytes;
  }

  /** Lower-case hexadecimal behind {@code 0x}, without checksum, as JSON-RPC writes it. */
  public String toHex() {
    return Hex.prefixed(bytes);
  }

  @Override
  public int compareTo(Address other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Address that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return (int) INT.get(bytes, 0) * 31 + (int) INT.get(bytes, SIZE - 4);
  }

  /** The checksum form of EIP-55. */
  @Override
  public String toString() {
    char[] text = Hex.encode(bytes).toCharArray();
    byte[] hash =
        Keccak256.hash(new String(text).getBytes(StandardCharsets.US_ASCII)).unsafeArray();
    for (int i = 0; i < text.length; i++) {
      int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
      if (nibble >= 8 && text[i] >= 'a') {
        text[i] -= 'a' - 'A';
      }
    }
    return "0x" + new String(text);
  }

  private static String lower(String digits) {
    return digits.toLowerCase(java.util.Locale.ROOT);
  }

  private static String upper(String digits) {
    return digits.toUpperCase(java.util.Locale.ROOT);
  }
}
