package dev.klay.crypto.rlp;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpException.Reason;
import java.util.Arrays;

/**
 * Reads RLP items in order and refuses every form but the canonical one: minimal lengths, single
 * bytes below 0x80 as themselves, integers without leading zeros, no bytes left over. All failures
 * are {@link RlpException}; a length is checked against the input before anything is allocated.
 *
 * <p>Lists are read through a reader of their own:
 *
 * <pre>{@code
 * RlpReader fields = RlpReader.ofSingleList(encoded);
 * long nonce = fields.readLong();
 * fields.expectEnd();
 * }</pre>
 */
public final class RlpReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  // The item at the position, as found by next().
  private boolean list;
  private int start;
  private int itemEnd;

  private RlpReader(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  /** A reader over a sequence of items. */
  public static RlpReader of(Bytes encoded) {
    return new RlpReader(encoded.unsafeArray(), 0, encoded.size());
  }

  /** A reader over a sequence of items; the array must not change while it is read. */
  public static RlpReader of(byte[] encoded) {
    return new RlpReader(encoded, 0, encoded.length);
  }

  /** A reader over the items of the one list that the input consists of. */
  public static RlpReader ofSingleList(Bytes encoded) {
    RlpReader outer = of(encoded);
    RlpReader inner = outer.readList();
    outer.expectEnd();
    return inner;
  }

  public boolean hasNext() {
    return position < end;
  }

  /** Whether the next item is a list. */
  public boolean nextIsList() {
    next();
    return list;
  }

  /** Whether the next item is the empty string. */
  public boolean nextIsEmptyString() {
    next();
    return !list && start == itemEnd;
  }

  /** A reader over the items of the next item, which must be a list. */
  public RlpReader readList() {
    next();
    if (!list) {
      throw new RlpException(
          Reason.KIND, "expected a list at offset " + position + ", found a string");
    }
    RlpReader inner = new RlpReader(bytes, start, itemEnd);
    position = itemEnd;
    return inner;
  }

  /** The next item, a string of any length. */
  public Bytes readBytes() {
    return Bytes.wrap(readArray());
  }

  /** The next item, a string of exactly this many bytes. */
  public Bytes readBytes(int length) {
    Bytes value = readBytes();
    if (value.size() != length) {
      throw new RlpException(Reason.LENGTH, "expected " + length + " bytes, found " + value.size());
    }
    return value;
  }

  private byte[] readArray() {
    next();
    if (list) {
      throw new RlpException(
          Reason.KIND, "expected a string at offset " + position + ", found a list");
    }
    position = itemEnd;
    return Arrays.copyOfRange(bytes, start, itemEnd);
  }

  public Hash readHash() {
    return Hash.wrap(readBytes(Hash.SIZE).unsafeArray());
  }

  public Address readAddress() {
    return Address.wrap(readBytes(Address.SIZE).unsafeArray());
  }

  /** An integer of 0 to 2^63-1. */
  public long readLong() {
    byte[] value = readArray();
    rejectLeadingZero(value);
    if (value.length > 8 || value.length == 8 && value[0] < 0) {
      throw new RlpException(Reason.RANGE, "integer is beyond 63 bits: " + Bytes.of(value));
    }
    long result = 0;
    for (byte b : value) {
      result = result << 8 | (b & 0xff);
    }
    return result;
  }

  /** An integer of 0 to the limit, inclusive. */
  public int readInt(int max) {
    long value = readLong();
    if (value > max) {
      throw new RlpException(Reason.RANGE, "integer is above " + max + ": " + value);
    }
    return (int) value;
  }

  public UInt256 readUInt256() {
    byte[] value = readArray();
    rejectLeadingZero(value);
    if (value.length > 32) {
      throw new RlpException(
          Reason.RANGE, "integer has " + value.length + " bytes, at most 32 are allowed");
    }
    return UInt256.fromBytes(value);
  }

  /** An integer of 0 to 2^64-1, as an unsigned long. */
  public long readUnsignedLong() {
    UInt256 value = readUInt256();
    if (value.byteLength() > 8) {
      throw new RlpException(Reason.RANGE, "integer is beyond 64 bits: " + value.toHex());
    }
    return value.word(0);
  }

  public Amount readAmount() {
    return Amount.peb(readUInt256());
  }

  public boolean readBoolean() {
    return readInt(1) == 1;
  }

  /** The next item whole, header included, whatever it is. */
  public Bytes readRaw() {
    next();
    Bytes raw = Bytes.wrap(Arrays.copyOfRange(bytes, position, itemEnd));
    position = itemEnd;
    return raw;
  }

  /** Steps over the next item. */
  public void skip() {
    next();
    position = itemEnd;
  }

  /** The offset of the next item in the input. */
  public int position() {
    return position;
  }

  /** Fails if items are left. */
  public void expectEnd() {
    if (position != end) {
      throw new RlpException(
          Reason.LEFT_OVER, (end - position) + " bytes too many at offset " + position);
    }
  }

  private static void rejectLeadingZero(byte[] value) {
    if (value.length > 0 && value[0] == 0) {
      throw new RlpException(Reason.INTEGER, "integer has a leading zero: " + Bytes.of(value));
    }
  }

  /** Finds kind and bounds of the item at the position. */
  private void next() {
    if (position >= end) {
      throw new RlpException(
          Reason.MISSING, "expected another item at offset " + position + ", found the end");
    }
    int first = bytes[position] & 0xff;
    list = first >= 0xc0;
    if (first < 0x80) {
      start = position;
      itemEnd = position + 1;
      return;
    }
    int base = list ? 0xc0 : 0x80;
    long length = first - base;
    start = position + 1;
    if (length >= 56) {
      int lengthBytes = (int) length - 55;
      length = readLength(lengthBytes);
      start += lengthBytes;
    }
    if (length > end - start) {
      throw new RlpException(
          "item at offset "
              + position
              + " announces "
              + length
              + " bytes, "
              + (end - start)
              + " are left");
    }
    itemEnd = start + (int) length;
    if (!list && length == 1 && bytes[start] >= 0) {
      throw new RlpException("single byte at offset " + position + " is not written as itself");
    }
  }

  private long readLength(int count) {
    if (count > end - start) {
      throw new RlpException("length at offset " + position + " is cut off");
    }
    if (bytes[start] == 0) {
      throw new RlpException("length at offset " + position + " has a leading zero");
    }
    if (count > 4) {
      throw new RlpException("length at offset " + position + " is beyond the input");
    }
    long length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | (bytes[start + i] & 0xff);
    }
    if (length < 56) {
      throw new RlpException("length at offset " + position + " is not minimal");
    }
    return length;
  }
}
