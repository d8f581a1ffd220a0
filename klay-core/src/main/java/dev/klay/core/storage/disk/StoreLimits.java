package dev.klay.core.storage.disk;

/**
 * How much a store may take.
 *
 * @param memoryBytes of heap for cached nodes and blocks
 * @param segmentBytes after which a log begins a new file; old states go away by whole files
 */
public record StoreLimits(long memoryBytes, int segmentBytes) {
  /** 64 MiB of cache, files of 64 MiB. */
  public static final StoreLimits DEFAULT = new StoreLimits(64L << 20, 64 << 20);

  public StoreLimits {
    if (memoryBytes < 0 || segmentBytes < 1) {
      throw new IllegalArgumentException(
          "no store has " + memoryBytes + " bytes of memory and files of " + segmentBytes);
    }
  }
}
