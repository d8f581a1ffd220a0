package dev.klay.core.evm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ethereum's public state tests: every case of every file of the forks that we have. */
@Tag("conformance")
class StateTestVectorsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ROOT = "ethereum/state-tests";

  /** One file of one archive. */
  private record TestFile(Path archive, String entry) {}

  /** What runs one expectation, if the fork is one that we have. */
  private interface Runner {
    Optional<Consumer<JsonNode>> of(String file, JsonNode test, String fork);
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy-cancun", "tests", "eest", "eest-gapfill"})
  void leavesTheStateThatIsExpected(String set) throws Exception {
    runAll(set, StateTestVectorsTest::ethereum);
  }

  private static Optional<Consumer<JsonNode>> ethereum(String file, JsonNode test, String fork) {
    StateTest ready = new StateTest(test);
    return EthereumForks.rules(fork).map(rules -> expected -> ready.check(rules, expected));
  }

  /** Kaia itself runs these two forks and skips Constantinople. */
  @Test
  void leavesTheStateThatKaiaExpects() throws Exception {
    runAll("kaia", StateTestVectorsTest::kaia);
  }

  private static Optional<Consumer<JsonNode>> kaia(String file, JsonNode test, String fork) {
    Optional<ForkSchedule> forks =
        switch (fork) {
          case "Byzantium" -> Optional.of(new ForkSchedule(Map.of()));
          case "Shanghai" -> Optional.of(ForkSchedule.allFromGenesis(Fork.SHANGHAI));
          default -> Optional.empty();
        };
    KaiaStateTest ready = new KaiaStateTest(test);
    return forks
        .filter(known -> !StateTestSkips.isSkippedByKaia(file))
        .map(schedule -> expected -> ready.check(schedule, expected));
  }

  private static void runAll(String set, Runner runner) throws Exception {
    List<TestFile> files = files(set);
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (Tally tally = new Tally("state-tests-" + set)) {
      List<Future<?>> done = new ArrayList<>();
      for (TestFile file : files) {
        done.add(workers.submit(() -> run(file, runner, tally)));
      }
      for (Future<?> future : done) {
        future.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static List<TestFile> files(String set) throws IOException {
    List<TestFile> files = new ArrayList<>();
    String only = System.getProperty("klay.stateTests", ""); // part of set/archive
    for (Path archive : Vectors.files(ROOT + "/" + set, ".zip")) {
      if (!(set + "/" + archive.getFileName()).contains(only)) {
        continue;
      }
      try (ZipFile zip = new ZipFile(archive.toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          if (entry.getName().endsWith(".json")) {
            files.add(new TestFile(archive, entry.getName()));
          }
        }
      }
    }
    return files;
  }

  private static void run(TestFile file, Runner runner, Tally tally) {
    JsonNode tests;
    try (ZipFile zip = new ZipFile(file.archive().toFile())) {
      tests = JSON.readTree(zip.getInputStream(zip.getEntry(file.entry())));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(file.toString(), e);
    }
    for (Map.Entry<String, JsonNode> test : tests.properties()) {
      for (Map.Entry<String, JsonNode> fork : test.getValue().get("post").properties()) {
        Optional<Consumer<JsonNode>> check =
            runner.of(file.entry(), test.getValue(), fork.getKey());
        int index = 0;
        for (JsonNode expected : fork.getValue()) {
          if (check.isEmpty()) {
            tally.skip();
            continue;
          }
          String name =
              file.archive().getFileName()
                  + "!"
                  + test.getKey()
                  + " "
                  + fork.getKey()
                  + " "
                  + index++;
          tally.run(name, () -> check.orElseThrow().accept(expected));
        }
      }
    }
  }
}
