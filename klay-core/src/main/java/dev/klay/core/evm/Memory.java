package dev.klay.core.evm;

import dev.klay.core.evm.precompile.CallData;
import java.util.Arrays;

/** The memory of one frame: grows by whole words, and only after it was paid for. */
final class Memory {
  /** No gas limit pays for more. */
  private static final long MAX = Integer.MAX_VALUE - 64;

  private static final long WORD_GAS = 3;
  private static final long QUADRATIC_DIVISOR = 512;

  private byte[] data = new byte[1024];
  private int size;

  /** Bytes in use, a multiple of 32. */
  int size() {
    return size;
  }

  byte[] data() {
    return data;
  }

  /**
   * What it costs to make this range usable; {@link Long#MAX_VALUE} if nothing pays for it.
   *
   * @param offset and length: not negative, possibly as large as longs are
   */
  long expansionGas(long offset, long length) {
    if (length == 0) {
      return 0;
    }
    if (offset > MAX || length > MAX || offset + length > MAX) {
      return Long.MAX_VALUE;
    }
    long end = offset + length;
    return end <= size ? 0 : gasOf((end + 31) >> 5) - gasOf(size >> 5);
  }

  private static long gasOf(long words) {
    return WORD_GAS * words + words * words / QUADRATIC_DIVISOR;
  }

  /** Makes a range usable that was paid for. */
  void expand(long offset, long length) {
    if (length == 0 || offset + length <= size) {
      return;
    }
    int newSize = (int) ((offset + length + 31) >> 5 << 5);
    if (newSize > data.length) {
      data = Arrays.copyOf(data, (int) Math.min(MAX, Math.max(newSize, 2L * data.length)));
    }
    size = newSize;
  }

  /** A copy of a range that is usable. */
  byte[] read(long offset, long length) {
    return length == 0
        ? new byte[0]
        : Arrays.copyOfRange(data, (int) offset, (int) (offset + length));
  }

  /** A range that is usable, not copied: for as long as nothing is written or expanded. */
  CallData view(long offset, long length) {
    return length == 0 ? CallData.EMPTY : CallData.of(data, (int) offset, (int) length);
  }

  /** Copies input in; what it lacks is zero. */
  void write(long offset, CallData source, long sourceOffset, long length) {
    if (length > 0) {
      source.copy(sourceOffset, data, (int) offset, (int) length);
    }
  }
}
