package dev.klay.core.evm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Geth's tests of its tracers: a transaction, a state, and the trace of the one on the other. */
@Tag("conformance")
class TracerVectorsTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** Folders whose cases are not run, with the reason. */
  private static final Map<String, String> SKIPPED =
      Map.of("erc7562_tracer", "for bundlers of ERC-4337, whose rules are not ours to check");

  @Test
  void tracesAsGethDoes() throws IOException {
    try (Tally tally = new Tally("tracers")) {
      for (Path archive : Vectors.files("ethereum/tracers", ".zip")) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
          for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.getName().endsWith(".json")) {
              run(entry.getName(), JSON.readTree(zip.getInputStream(entry)), tally);
            }
          }
        }
      }
    }
  }

  private static void run(String name, JsonNode test, Tally tally) {
    if (SKIPPED.keySet().stream().anyMatch(name::contains)) {
      tally.skip();
      return;
    }
    tally.run(name, () -> new TracerTest(name, test).check());
  }
}
