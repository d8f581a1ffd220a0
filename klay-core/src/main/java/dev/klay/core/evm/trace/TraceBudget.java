package dev.klay.core.evm.trace;

/**
 * Bounds what a trace may keep: calldata and memory cost contracts little, but a trace copies them
 * at every step or call.
 *
 * @param bytesMax of data, with a share for each entry itself
 */
public record TraceBudget(long bytesMax) {
  /** What a node grants a request. */
  public static final TraceBudget DEFAULT = new TraceBudget(256L << 20);

  /** What an entry takes beside its data. */
  static final int ENTRY_BYTES = 128;

  public TraceBudget {
    if (bytesMax < 0) {
      throw new IllegalArgumentException("a budget of " + bytesMax + " bytes");
    }
  }

  /** Counts down from a budget. */
  static final class Meter {
    private final long bytesMax;
    private long left;

    Meter(TraceBudget budget) {
      bytesMax = budget.bytesMax();
      left = bytesMax;
    }

    /**
     * Takes an entry with its data.
     *
     * @throws TraceTooLargeException if it does not fit any more
     */
    void spend(long dataBytes) {
      left -= ENTRY_BYTES + dataBytes;
      if (left < 0) {
        throw new TraceTooLargeException(bytesMax);
      }
    }
  }
}
