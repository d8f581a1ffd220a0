package dev.klay.core.evm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.crypto.conformance.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zipped JSON files of a folder of public tests; each file is an object of tests by name. */
final class TestArchive {
  private static final JsonMapper JSON = new JsonMapper();

  /** One file of one archive. */
  record Entry(Path archive, String name) {}

  private TestArchive() {}

  /** Every file of every archive in the folder; skips the test where it is missing. */
  static List<Entry> entries(String folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path archive : Vectors.files(folder, ".zip")) {
      try (ZipFile zip = new ZipFile(archive.toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          if (entry.getName().endsWith(".json")) {
            entries.add(new Entry(archive, entry.getName()));
          }
        }
      }
    }
    return entries;
  }

  /** Runs every test of every file, on as many threads as there are processors. */
  static void forEachInParallel(List<Entry> entries, BiConsumer<String, JsonNode> test)
      throws Exception {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<?>> done = new ArrayList<>();
      for (Entry entry : entries) {
        done.add(workers.submit(() -> forEach(entry, test)));
      }
      for (Future<?> future : done) {
        future.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static void forEach(Entry entry, BiConsumer<String, JsonNode> test) {
    String prefix = entry.archive().getFileName() + "!" + entry.name() + " ";
    read(entry).properties().forEach(e -> test.accept(prefix + e.getKey(), e.getValue()));
  }

  private static JsonNode read(Entry entry) {
    try (ZipFile zip = new ZipFile(entry.archive().toFile())) {
      return JSON.readTree(zip.getInputStream(zip.getEntry(entry.name())));
    } catch (IOException e) {
      throw new UncheckedIOException(entry.toString(), e);
    }
  }
}
