package dev.klay.core.storage.disk;

import dev.klay.core.block.Header;
import dev.klay.core.storage.Retention;
import dev.klay.core.trie.NodeRef;
import java.io.IOException;
import java.util.Optional;

/**
 * Decides with each block which states are kept and whether nodes are moved out of old files.
 *
 * <p>Nodes that no kept state needs take room until their file is deleted, and a file is needed as
 * long as one node in it is. So when the log has grown to three times the room of one state, a
 * sweep begins: with each block some nodes below the then end of the log are written anew, until
 * the newest state needs none of them. States only ever need newer nodes than the states before, so
 * what the oldest kept state does not need is needed by none. The log thus holds at most about five
 * times one state, plus what the window keeps.
 */
final class Window {
  private static final int GROWTH_BEFORE_SWEEP = 3;

  /** Blocks by which the window moves on with one block; more than one, to catch up. */
  private static final int STEPS_MAX = 4;

  /** Reads the timestamp of a block in milliseconds. */
  interface Timestamps {
    long of(long number) throws IOException;
  }

  private final Retention retention;
  private final int segmentBytes;
  private final Timestamps timestamps;

  Window(Retention retention, int segmentBytes, Timestamps timestamps) {
    this.retention = retention;
    this.segmentBytes = segmentBytes;
    this.timestamps = timestamps;
  }

  /** Below which position the next block moves nodes, 0 for none. */
  long sweepBelow(Optional<BlockMeta> parent) {
    if (parent.isEmpty() || retention.isArchive()) {
      return 0;
    }
    BlockMeta last = parent.orElseThrow();
    if (last.sweepBelow() > last.oldestNeeded()) {
      return last.sweepBelow();
    }
    long size = last.statesEnd() - last.oldestNeeded();
    long live = Math.max(last.liveBytes(), segmentBytes);
    return size > GROWTH_BEFORE_SWEEP * live ? last.statesEnd() : 0;
  }

  /** The meta record of a block whose state was saved. */
  BlockMeta meta(
      Header header,
      long body,
      long statesEnd,
      Optional<NodeRef> root,
      Optional<BlockMeta> parent,
      long sweepBelow)
      throws IOException {
    long oldestNeeded = root.map(NodeRef::oldest).orElse(statesEnd);
    boolean sweptNow = sweepBelow > 0 && oldestNeeded >= sweepBelow;
    long liveBytes =
        sweptNow ? statesEnd - oldestNeeded : parent.map(BlockMeta::liveBytes).orElse(0L);
    return new BlockMeta(
        header.number(),
        header.timestampMillis(),
        body,
        statesEnd,
        root,
        oldestState(header, parent.map(BlockMeta::oldestState).orElse(0L)),
        sweptNow ? 0 : sweepBelow,
        liveBytes);
  }

  private long oldestState(Header header, long before) throws IOException {
    long number = header.number();
    if (retention.blockCount().isPresent()) {
      return Math.max(before, number - retention.blockCount().getAsLong() + 1);
    }
    if (retention.ageMillis().isEmpty()) {
      return before;
    }
    long bound = header.timestampMillis() - retention.ageMillis().getAsLong();
    long oldest = before;
    for (int i = 0; i < STEPS_MAX && oldest < number && timestamps.of(oldest) < bound; i++) {
      oldest++;
    }
    return oldest;
  }
}
