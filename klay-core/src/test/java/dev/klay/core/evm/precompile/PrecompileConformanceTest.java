package dev.klay.core.evm.precompile;

import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outputs and gas of go-ethereum's, Besu's and Klaytn's vectors. */
@Tag("conformance")
class PrecompileConformanceTest {
  @Test
  void ethereumVectors() {
    try (Tally tally = new Tally("precompiles")) {
      for (Path folder : Vectors.folders("ethereum/precompiles", "")) {
        String relative = "ethereum/precompiles/" + folder.getFileName();
        Vectors.files(relative, ".json").forEach(file -> PrecompileVectors.run(tally, file));
        Vectors.files(relative, ".csv").forEach(file -> PrecompileVectors.run(tally, file));
      }
    }
  }

  @Test
  void klaytnVectors() {
    try (Tally tally = new Tally("klaytn-precompiles")) {
      for (Path file : Vectors.files("klaytn/precompiles", ".json")) {
        PrecompileVectors.run(tally, file);
      }
    }
  }
}
