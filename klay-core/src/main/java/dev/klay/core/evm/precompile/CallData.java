package dev.klay.core.evm.precompile;

import java.util.Arrays;

/**
 * The input of a call: a range of the caller's memory as it is, not a copy, because a call costs
 * the same however large its input is. The caller does not run while the call does, so the range
 * does not change. Behind its end everything reads as zero.
 */
public final class CallData {
  public static final CallData EMPTY = of(new byte[0]);

  private final byte[] source;
  private final int offset;
  private final int size;

  private CallData(byte[] source, int offset, int size) {
    this.source = source;
    this.offset = offset;
    this.size = size;
  }

  /** All of an array, which must not change from now on. */
  public static CallData of(byte[] bytes) {
    return new CallData(bytes, 0, bytes.length);
  }

  /** A range of an array, which must not change while this is used. */
  public static CallData of(byte[] bytes, int offset, int size) {
    return size == 0 ? EMPTY : new CallData(bytes, offset, size);
  }

  public int size() {
    return size;
  }

  /** The array that the range is in, shared: nobody writes to it. */
  public byte[] unsafeSource() {
    return source;
  }

  /** Where in {@link #unsafeSource} the range starts. */
  public int start() {
    return offset;
  }

  /** A copy of all. */
  public byte[] toArray() {
    return read(0, size);
  }

  /**
   * A copy of a range.
   *
   * @param from 0 or more
   */
  public byte[] read(long from, int length) {
    byte[] bytes = new byte[length];
    copy(from, bytes, 0, length);
    return bytes;
  }

  /**
   * Copies a range into an array.
   *
   * @param from 0 or more
   */
  public void copy(long from, byte[] target, int at, int length) {
    int available = (int) Math.max(0, Math.min(length, size - Math.min(from, size)));
    if (available > 0) {
      System.arraycopy(source, offset + (int) from, target, at, available);
    }
    Arrays.fill(target, at + available, at + length, (byte) 0);
  }
}
