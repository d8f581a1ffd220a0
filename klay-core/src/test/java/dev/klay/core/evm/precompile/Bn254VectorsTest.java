package dev.klay.core.evm.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Published inputs of the alt_bn128 precompiles with output and Istanbul's gas, from go-ethereum
 * and Klaytn. A file is recognised by how its name starts, after {@code fail-} and {@code kaia-}.
 */
@Tag("conformance")
class Bn254VectorsTest {
  @Test
  void publishedVectors() throws IOException {
    Vectors.require("ethereum/precompiles");
    try (Tally tally = new Tally("precompiles-bn254")) {
      for (Path file : files()) {
        Optional<Precompile> precompile = precompileOf(file);
        if (precompile.isPresent()) {
          for (JsonNode each : cases(file)) {
            tally.run(
                file.getFileName() + " " + each.path("Name").asText(),
                () -> check(precompile.get(), each));
          }
        }
      }
      assertThat(tally.passed()).isPositive();
    }
  }

  private static Optional<Precompile> precompileOf(Path file) {
    String name =
        file.getFileName()
            .toString()
            .replace("fail-", "")
            .replace("kaia-", "")
            .toLowerCase(Locale.ROOT);
    if (name.startsWith("bn256add")) {
      return Optional.of(Bn254Add.ISTANBUL);
    }
    if (name.startsWith("bn256scalarmul")) {
      return Optional.of(Bn254Mul.ISTANBUL);
    }
    return name.startsWith("bn256pairing") ? Optional.of(Bn254Pairing.ISTANBUL) : Optional.empty();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("ethereum/precompiles", "klaytn/precompiles")) {
      Path root = Vectors.root().resolve(folder);
      if (Files.isDirectory(root)) {
        try (Stream<Path> found = Files.walk(root)) {
          found.filter(each -> each.toString().endsWith(".json")).sorted().forEach(files::add);
        }
      }
    }
    return files;
  }

  /** An array of cases, or an object with {@code cases}. */
  private static JsonNode cases(Path file) {
    JsonNode root = Vectors.read(file);
    return root.has("cases") ? root.path("cases") : root;
  }

  /** A case without output is refused; then all gas is gone and none is named. */
  private static void check(Precompile precompile, JsonNode each) {
    byte[] input = Hex.decode(each.path("Input").asText());
    if (!each.has("Expected")) {
      assertThat(precompile.run(input)).isNull();
      return;
    }
    assertThat(precompile.run(input)).isEqualTo(Hex.decode(each.path("Expected").asText()));
    if (each.has("Gas")) {
      assertThat(precompile.gas(CallData.of(input))).isEqualTo(each.path("Gas").longValue());
    }
  }
}
