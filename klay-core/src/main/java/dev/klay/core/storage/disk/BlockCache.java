package dev.klay.core.storage.disk;

import dev.klay.core.storage.StoredBlock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The blocks that were used last, as many as fit into a budget of heap. */
final class BlockCache {
  /** Decoded transactions, receipts and their hashes against the encoded block, measured high. */
  private static final int HEAP_PER_BYTE = 8;

  private static final int HEAP_PER_BLOCK = 4096;

  private final long budgetBytes;
  private final Map<Long, StoredBlock> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private long usedBytes;

  BlockCache(long budgetBytes) {
    this.budgetBytes = budgetBytes;
  }

  synchronized Optional<StoredBlock> get(long number) {
    return Optional.ofNullable(blocks.get(number));
  }

  synchronized void put(StoredBlock block) {
    StoredBlock before = blocks.put(block.block().number(), block);
    usedBytes += weight(block) - (before == null ? 0 : weight(before));
    Iterator<StoredBlock> eldest = blocks.values().iterator();
    while (usedBytes > budgetBytes && eldest.hasNext()) {
      usedBytes -= weight(eldest.next());
      eldest.remove();
    }
  }

  private static long weight(StoredBlock block) {
    return HEAP_PER_BLOCK + (long) HEAP_PER_BYTE * block.block().encode().size();
  }

  synchronized long usedBytes() {
    return usedBytes;
  }
}
