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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Published inputs of the BLS12-381 and KZG precompiles with output and gas, from go-ethereum, Besu
 * and Kaia. A file is recognised by how its name starts, after {@code fail-} and {@code kaia-}.
 */
@Tag("conformance")
class BlsPrecompileVectorsTest {
  /** Multiplications of one point are sums of one multiple since the last draft of EIP-2537. */
  private static final Map<String, Precompile> BY_STEM = byStem();

  @Test
  void publishedVectors() throws IOException {
    Vectors.require("ethereum/precompiles");
    try (Tally tally = new Tally("precompiles-bls")) {
      for (Path file : files()) {
        Optional<Precompile> precompile = precompileOf(file);
        if (precompile.isPresent()) {
          for (PrecompileCase each : read(file)) {
            tally.run(file.getFileName() + " " + each.name(), () -> each.check(precompile.get()));
          }
        }
      }
      assertThat(tally.passed()).isPositive();
    }
  }

  private static Map<String, Precompile> byStem() {
    Map<String, Precompile> table = new TreeMap<>();
    table.put("blsG1Add", new BlsG1Add());
    table.put("blsG1Mul", new BlsG1Msm());
    table.put("blsG2Add", new BlsG2Add());
    table.put("blsG2Mul", new BlsG2Msm());
    table.put("blsPairing", new BlsPairingCheck());
    table.put("blsMapG1", new BlsMapFpToG1());
    table.put("blsMapG2", new BlsMapFp2ToG2());
    table.put("g1_add", new BlsG1Add());
    table.put("g1_mul", new BlsG1Msm());
    table.put("g2_add", new BlsG2Add());
    table.put("g2_mul", new BlsG2Msm());
    table.put("pairing", new BlsPairingCheck());
    table.put("invalid_subgroup_for_pairing", new BlsPairingCheck());
    table.put("fp_to_g1", new BlsMapFpToG1());
    table.put("fp2_to_g2", new BlsMapFp2ToG2());
    table.put("pointEvaluation", new PointEvaluation());
    return table;
  }

  private static Optional<Precompile> precompileOf(Path file) {
    String name = file.getFileName().toString().replace("fail-", "").replace("kaia-", "");
    return BY_STEM.entrySet().stream()
        .filter(e -> name.startsWith(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("ethereum/precompiles", "klaytn/precompiles")) {
      Path root = Vectors.root().resolve(folder);
      if (Files.isDirectory(root)) {
        try (Stream<Path> found = Files.walk(root)) {
          found.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
      }
    }
    return files;
  }

  private static List<PrecompileCase> read(Path file) throws IOException {
    return file.toString().endsWith(".csv") ? readCsv(file) : readJson(file);
  }

  /** Besu's rows: input,result,gas,notes; a row without result is refused. */
  private static List<PrecompileCase> readCsv(Path file) throws IOException {
    List<PrecompileCase> cases = new ArrayList<>();
    List<String> rows = Files.readAllLines(file);
    for (int i = 1; i < rows.size(); i++) {
      String[] columns = rows.get(i).split(",", 4);
      cases.add(
          new PrecompileCase(
              "row " + i,
              Hex.decode(columns[0]),
              columns[1].isEmpty() ? null : Hex.decode(columns[1]),
              columns[2].isEmpty() ? null : Long.valueOf(columns[2])));
    }
    return cases;
  }

  /** An array of cases, or an object with {@code cases}, or Besu's one of {@code TestCases}. */
  private static List<PrecompileCase> readJson(Path file) {
    List<PrecompileCase> cases = new ArrayList<>();
    JsonNode root = Vectors.read(file);
    if (root.has("TestCases")) {
      byte[] success = Hex.decode(root.path("PrecompileReturnValue").asText());
      for (JsonNode each : root.path("TestCases")) {
        cases.add(
            new PrecompileCase(
                "case " + cases.size() + " " + each.path("FailureMode").asText(),
                Hex.decode(each.path("Input").asText()),
                each.path("Valid").asBoolean() ? success : null,
                null));
      }
      return cases;
    }
    for (JsonNode each : root.has("cases") ? root.path("cases") : root) {
      JsonNode expected = each.path("Expected");
      cases.add(
          new PrecompileCase(
              each.path("Name").asText(),
              Hex.decode(each.path("Input").asText()),
              expected.isMissingNode() ? null : Hex.decode(expected.asText()),
              each.has("Gas") ? each.path("Gas").longValue() : null));
    }
    return cases;
  }

  /**
   * One call.
   *
   * @param output null if the input is refused
   * @param gas null if the source names none; of a refused call, which takes all gas, Besu's rows
   *     still name that of an old draft, so it is not compared
   */
  private record PrecompileCase(
      String name, byte[] input, byte @Nullable [] output, @Nullable Long gas) {
    void check(Precompile precompile) {
      assertThat(precompile.run(input)).isEqualTo(output);
      if (gas != null && output != null) {
        assertThat(precompile.gas(CallData.of(input))).isEqualTo(gas);
      }
    }
  }
}
