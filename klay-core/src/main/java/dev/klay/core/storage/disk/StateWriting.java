package dev.klay.core.storage.disk;

import dev.klay.core.storage.StorageFailedException;
import dev.klay.core.trie.NodeWriting;
import java.io.IOException;

/**
 * Appends the nodes of one block's state, and with them some of those that an old part of the log
 * still holds, so that the old part can be deleted once no kept state needs it.
 */
final class StateWriting implements NodeWriting {
  /** Nodes moved with every block; with more new ones, twice as many as the block before had. */
  static final int MOVED_MIN = 256;

  private final SegmentLog log;
  private final long below;
  private final long movedMax;
  private long moved;
  private long written;

  /**
   * A saving.
   *
   * @param below nodes that need a record below this position are moved, 0 for none
   * @param newNodesBefore how many the block before added
   */
  StateWriting(SegmentLog log, long below, long newNodesBefore) {
    this.log = log;
    this.below = below;
    this.movedMax = Math.max(MOVED_MIN, 2 * newNodesBefore);
  }

  @Override
  public long write(byte[] record) {
    try {
      written++;
      return log.append(record);
    } catch (IOException e) {
      throw new StorageFailedException("a state could not be written", e);
    }
  }

  @Override
  public boolean moves(long oldest) {
    if (oldest >= below || moved >= movedMax) {
      return false;
    }
    moved++;
    return true;
  }

  /** Nodes that were not in the log before. */
  long newNodes() {
    return written - moved;
  }
}
