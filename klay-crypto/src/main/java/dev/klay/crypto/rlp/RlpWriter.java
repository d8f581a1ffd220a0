package dev.klay.crypto.rlp;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Writes RLP items one after the other (Yellow Paper, appendix B). Integers are big-endian without
 * leading zeros, zero is the empty string.
 *
 * <pre>{@code
 * Bytes encoded = RlpWriter.encodeList(w -> w.integer(nonce).amount(price).address(to));
 * }</pre>
 */
public final class RlpWriter {
  private byte[] buffer;
  private int size;
  private final Deque<Integer> openLists = new ArrayDeque<>();

  public RlpWriter() {
    this(256);
  }

  public RlpWriter(int expectedSizeBytes) {
    buffer = new byte[Math.max(16, expectedSizeBytes)];
  }

  /** One list whose items the given code writes. */
  public static Bytes encodeList(Consumer<RlpWriter> items) {
    RlpWriter writer = new RlpWriter();
    writer.list(items);
    return writer.toBytes();
  }

  public RlpWriter list(Consumer<RlpWriter> items) {
    beginList();
    items.accept(this);
    return endList();
  }

  public RlpWriter beginList() {
    openLists.push(size);
    ensure(1);
    size++; // room for the short header
    return this;
  }

  public RlpWriter endList() {
    if (openLists.isEmpty()) {
      throw new IllegalStateException("no list is open");
    }
    int start = openLists.pop();
    int length = size - start - 1;
    if (length < 56) {
      buffer[start] = (byte) (0xc0 + length);
      return this;
    }
    int lengthBytes = byteCount(length);
    ensure(lengthBytes);
    System.arraycopy(buffer, start + 1, buffer, start + 1 + lengthBytes, length);
    buffer[start] = (byte) (0xf7 + lengthBytes);
    writeLength(start + 1, length, lengthBytes);
    size += lengthBytes;
    return this;
  }

  /** A byte string. */
  public RlpWriter bytes(byte[] value) {
    if (value.length == 1 && value[0] >= 0) {
      ensure(1);
      buffer[size++] = value[0];
      return this;
    }
    int length = value.length;
    if (length < 56) {
      ensure(1 + length);
      buffer[size++] = (byte) (0x80 + length);
    } else {
      int lengthBytes = byteCount(length);
      ensure(1 + lengthBytes + length);
      buffer[size++] = (byte) (0xb7 + lengthBytes);
      writeLength(size, length, lengthBytes);
      size += lengthBytes;
    }
    System.arraycopy(value, 0, buffer, size, length);
    size += length;
    return this;
  }

  public RlpWriter bytes(Bytes value) {
    return bytes(value.unsafeArray());
  }

  public RlpWriter hash(Hash value) {
    return bytes(value.unsafeArray());
  }

  public RlpWriter address(Address value) {
    return bytes(value.unsafeArray());
  }

  /** A non-negative integer. */
  public RlpWriter integer(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    if (value != 0 && value < 0x80) {
      ensure(1);
      buffer[size++] = (byte) value;
      return this;
    }
    int count = (71 - Long.numberOfLeadingZeros(value)) / 8;
    ensure(1 + count);
    buffer[size++] = (byte) (0x80 + count);
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  public RlpWriter integer(UInt256 value) {
    return value.fitsLong() ? integer(value.toLong()) : bytes(value.toMinimalBytes());
  }

  /** An integer of 0 to 2^64-1, as an unsigned long. */
  public RlpWriter unsignedLong(long value) {
    return value >= 0 ? integer(value) : integer(UInt256.ofWords(0, 0, 0, value));
  }

  /** An amount as its number of peb. */
  public RlpWriter amount(Amount value) {
    return integer(value.peb());
  }

  public RlpWriter bool(boolean value) {
    return integer(value ? 1 : 0);
  }

  /** Items that are encoded already, one or several. */
  public RlpWriter raw(Bytes encoded) {
    return raw(encoded.unsafeArray());
  }

  /** Items that are encoded already, one or several. */
  public RlpWriter raw(byte[] encoded) {
    ensure(encoded.length);
    System.arraycopy(encoded, 0, buffer, size, encoded.length);
    size += encoded.length;
    return this;
  }

  /** All items written so far. */
  public Bytes toBytes() {
    return Bytes.wrap(toArray());
  }

  /** All items written so far, as a fresh array. */
  public byte[] toArray() {
    if (!openLists.isEmpty()) {
      throw new IllegalStateException(openLists.size() + " lists are still open");
    }
    return Arrays.copyOf(buffer, size);
  }

  private static int byteCount(int length) {
    return (39 - Integer.numberOfLeadingZeros(length)) / 8;
  }

  private void writeLength(int position, int length, int lengthBytes) {
    for (int i = 0; i < lengthBytes; i++) {
      buffer[position + i] = (byte) (length >>> (8 * (lengthBytes - 1 - i)));
    }
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
