package dev.klay.core.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which runs make up the index, and from where on the block log is not in them: magic 8, through 8,
 * scanFrom 8, next run 4, number of runs 4, then of each run number 4, tier 4 and entries 8; last
 * the crc 4 of all before.
 *
 * @param through the number of the last block that is in the runs, -1 if none is
 * @param scanFrom the position in the block log behind that block
 * @param nextRun above the numbers of all runs there ever were
 */
record IndexCheckpoint(long through, long scanFrom, int nextRun, List<Run> runs) {
  static final IndexCheckpoint NONE = new IndexCheckpoint(-1, 0, 0, List.of());

  private static final int FIXED_SIZE = 3 * Long.BYTES + 2 * Integer.BYTES;
  private static final int RUN_SIZE = 2 * Integer.BYTES + Long.BYTES;

  record Run(int number, int tier, long entries) {}

  IndexCheckpoint {
    runs = List.copyOf(runs);
  }

  byte[] encode() {
    int summed = FIXED_SIZE + RUN_SIZE * runs.size();
    ByteBuffer out = ByteBuffer.allocate(summed + Integer.BYTES);
    out.putLong(Schema.INDEX_MAGIC).putLong(through).putLong(scanFrom);
    out.putInt(nextRun).putInt(runs.size());
    runs.forEach(run -> out.putInt(run.number()).putInt(run.tier()).putLong(run.entries()));
    return out.putInt(Schema.sum(0, out.array(), 0, summed)).array();
  }

  /** The checkpoint in these bytes, empty if they are damaged or none: the index is made anew. */
  static Optional<IndexCheckpoint> decode(byte[] bytes) {
    int summed = bytes.length - Integer.BYTES;
    if (summed < FIXED_SIZE) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt(summed) != Schema.sum(0, bytes, 0, summed)
        || in.getLong() != Schema.INDEX_MAGIC) {
      return Optional.empty();
    }
    long through = in.getLong();
    long scanFrom = in.getLong();
    int nextRun = in.getInt();
    int count = in.getInt();
    if ((summed - FIXED_SIZE) % RUN_SIZE != 0 || count != (summed - FIXED_SIZE) / RUN_SIZE) {
      return Optional.empty();
    }
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(new Run(in.getInt(), in.getInt(), in.getLong()));
    }
    return Optional.of(new IndexCheckpoint(through, scanFrom, nextRun, runs));
  }

  static IndexCheckpoint load(FileStore files) throws IOException {
    if (!files.list().contains(Schema.INDEX)) {
      return NONE;
    }
    try (StoreFile file = files.open(Schema.INDEX)) {
      ByteBuffer content = ByteBuffer.allocate((int) Math.min(file.size(), 1 << 20));
      file.read(content, 0);
      return decode(content.array()).orElse(NONE);
    }
  }

  /** Takes the place of the last checkpoint in one step, durably. */
  void save(FileStore files) throws IOException {
    WholeFile.replace(files, Schema.INDEX, encode());
  }
}
