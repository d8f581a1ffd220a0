package dev.klay.core.storage.disk;

/**
 * How much a store may take.
 *
 * @param memoryBytes of heap for cached nodes and blocks
 * @param segmentBytes after which a log begins a new file; old states go away by whole files
 * @param checkpointBlocks after which the index is saved: what opening reads again at most
 */
public record StoreLimits(long memoryBytes, int segmentBytes, int checkpointBlocks) {
  /** 64 MiB of cache, files of 64 MiB, a checkpoint every 1024 blocks. */
  public static final StoreLimits DEFAULT = new StoreLimits(64L << 20, 64 << 20, 1024);

  public StoreLimits {
    if (memoryBytes < 0 || segmentBytes < 1 || checkpointBlocks < 1) {
      throw new IllegalArgumentException(
          "no store has " + memoryBytes + ", " + segmentBytes + ", " + checkpointBlocks);
    }
  }
}
