package dev.klay.examples.benchmarks.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Puts the same records as blocks of transfers make through each candidate: ids ascending, one
 * synced batch per block, then a reopening and reads of any id. {@code [DIRECTORY] [BLOCKS]}.
 */
public final class StorageCandidates {
  private static final int FULL_BLOCK = 5_000;
  private static final int EMPTY_BLOCK = 8;
  private static final int EMPTY_BLOCKS = 300;
  private static final int READS = 100_000;

  private interface Opening {
    Candidate open(Path directory) throws Exception;
  }

  private StorageCandidates() {}

  public static void main(String[] args) throws Exception {
    Path root = args.length > 0 ? Path.of(args[0]) : Path.of("");
    int blocks = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    long[] positions = new long[blocks * FULL_BLOCK + EMPTY_BLOCKS * EMPTY_BLOCK];
    for (String name : List.of("log", "mvstore", "rocksdb")) {
      Opening opening =
          switch (name) {
            case "log" -> directory -> new LogCandidate(directory, positions);
            case "mvstore" -> MvStoreCandidate::new;
            default -> RocksCandidate::new;
          };
      Path directory = Files.createTempDirectory(root.toAbsolutePath(), name);
      try {
        measure(name, opening, directory, blocks);
      } finally {
        delete(directory);
      }
    }
  }

  private static void measure(String name, Opening opening, Path directory, int blocks)
      throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    long written = 0;
    long id = 0;
    double[] full = new double[blocks];
    double[] empty = new double[EMPTY_BLOCKS];
    Candidate store = opening.open(directory);
    for (int block = 0; block < blocks + EMPTY_BLOCKS; block++) {
      boolean isFull = block < blocks;
      long start = System.nanoTime();
      for (int i = 0; i < (isFull ? FULL_BLOCK : EMPTY_BLOCK); i++) {
        byte[] record = record(random);
        written += record.length;
        store.put(id++, record);
      }
      store.commit(block);
      double millis = (System.nanoTime() - start) / 1e6;
      if (isFull) {
        full[block] = millis;
      } else {
        empty[block - blocks] = millis;
      }
    }
    store.close();
    double fileRatio = size(directory) / (double) written;
    long start = System.nanoTime();
    store = opening.open(directory);
    long head = store.head();
    double openMillis = (System.nanoTime() - start) / 1e6;
    if (head != blocks + EMPTY_BLOCKS - 1) {
      throw new AssertionError(name + " came back at " + head);
    }
    start = System.nanoTime();
    for (int i = 0; i < READS; i++) {
      if (store.get(random.nextLong(id)).length == 0) {
        throw new AssertionError("an empty record");
      }
    }
    double readMicros = (System.nanoTime() - start) / 1e3 / READS;
    store.close();
    Arrays.sort(empty);
    double seconds = Arrays.stream(full).sum() / 1000;
    Arrays.sort(full);
    System.out.printf(
        "%-8s %,9.0f records/s; full block p50 %.1f ms p99 %.1f ms; empty block p50 %.2f ms p99 %.2f"
            + " ms; files %.2f x data (%d MiB); open %.1f ms; read %.1f us%n",
        name,
        blocks * FULL_BLOCK / seconds,
        full[blocks / 2],
        full[blocks * 99 / 100],
        empty[EMPTY_BLOCKS / 2],
        empty[EMPTY_BLOCKS * 99 / 100],
        fileRatio,
        written >> 20,
        openMillis,
        readMicros);
  }

  /** Sizes of leaves and branches as they are in a state of a million accounts. */
  private static byte[] record(SplittableRandom random) {
    byte[] record =
        new byte[random.nextInt(5) < 2 ? 80 + random.nextInt(40) : random.nextInt(50, 650)];
    random.nextBytes(record);
    return record;
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
