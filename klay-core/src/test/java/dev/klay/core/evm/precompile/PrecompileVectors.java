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
import org.jspecify.annotations.Nullable;

/** Files of precompile vectors: which contract each one is about, and its cases. */
final class PrecompileVectors {
  /**
   * One call.
   *
   * @param expected the output, null where the call must fail
   * @param gas null where the vector names none
   */
  private record Case(String name, byte[] input, byte @Nullable [] expected, @Nullable Long gas) {}

  /** A contract for the files whose name contains the text; null says why they are skipped. */
  private record Entry(String text, @Nullable Precompile precompile, String reason) {
    static Entry of(String text, Precompile precompile) {
      return new Entry(text, precompile, "");
    }

    static Entry skipped(String text, String reason) {
      return new Entry(text, null, reason);
    }
  }

  /** In lower case; the first match counts. */
  private static final List<Entry> CONTRACTS =
      List.of(
          Entry.of("ecrecover", Precompiles.EC_RECOVER),
          Entry.of("sha256", Precompiles.SHA256),
          Entry.of("ripemd", Precompiles.RIPEMD160),
          Entry.of("identity", Precompiles.IDENTITY),
          Entry.of("modexp_eip7883", Precompiles.MODEXP_OSAKA),
          Entry.of("modexp_eip2565", Precompiles.MODEXP_BERLIN),
          Entry.of("modexp", Precompiles.MODEXP_BYZANTIUM),
          Entry.of("bn256add", Bn254Add.ISTANBUL),
          Entry.of("bn256scalarmul", Bn254Mul.ISTANBUL),
          Entry.of("bn256pairing", Bn254Pairing.ISTANBUL),
          Entry.of("blake2f", Precompiles.BLAKE2_F),
          Entry.of("eip152", Precompiles.BLAKE2_F),
          Entry.of("p256verify", Precompiles.P256_VERIFY),
          Entry.of("blsg1add", Precompiles.BLS_G1_ADD),
          Entry.of("blsg1mul", Precompiles.BLS_G1_MSM),
          Entry.of("blsg2add", Precompiles.BLS_G2_ADD),
          Entry.of("blsg2mul", Precompiles.BLS_G2_MSM),
          Entry.of("blspairing", Precompiles.BLS_PAIRING),
          Entry.of("blsmapg1", Precompiles.BLS_MAP_FP_TO_G1),
          Entry.of("blsmapg2", Precompiles.BLS_MAP_FP2_TO_G2),
          Entry.of("g1_add", Precompiles.BLS_G1_ADD),
          Entry.of("g1_mul", Precompiles.BLS_G1_MSM),
          Entry.of("g2_add", Precompiles.BLS_G2_ADD),
          Entry.of("g2_mul", Precompiles.BLS_G2_MSM),
          Entry.of("fp_to_g1", Precompiles.BLS_MAP_FP_TO_G1),
          Entry.of("fp2_to_g2", Precompiles.BLS_MAP_FP2_TO_G2),
          Entry.of("pairing", Precompiles.BLS_PAIRING),
          Entry.of("pointevaluation", Precompiles.POINT_EVALUATION),
          Entry.skipped("vmlog", "it needs the running transaction, see KlaytnPrecompileTest"),
          Entry.skipped("feepayer", "it needs the running transaction, see KlaytnPrecompileTest"),
          Entry.skipped("validatesender", "it needs the state, see KlaytnPrecompileTest"),
          Entry.skipped("_setup", "it is no vector but what the others need"),
          Entry.skipped("", "no contract is known by this name"));

  /** Besu has a case of 2^32-1 rounds of BLAKE2b, which takes minutes. */
  private static final long GAS_MAX = 1_000_000_000;

  private PrecompileVectors() {}

  static void run(Tally tally, Path file) {
    String name = file.getFileName().toString();
    String lower = name.toLowerCase(Locale.ROOT);
    Entry entry =
        CONTRACTS.stream().filter(e -> lower.contains(e.text())).findFirst().orElseThrow();
    List<Case> cases = lower.endsWith(".csv") ? csv(file) : json(Vectors.read(file));
    if (entry.precompile() == null) {
      System.out.printf("skipped %s, %d cases: %s%n", name, cases.size(), entry.reason());
      cases.forEach(c -> tally.skip());
      return;
    }
    for (Case each : cases) {
      if (entry.precompile().gas(CallData.of(each.input())) > GAS_MAX
          && !Boolean.getBoolean("klay.slow")) {
        System.out.printf(
            "skipped a case of %s: minutes of work; -Dklay.slow=true runs it%n", name);
        tally.skip();
      } else {
        tally.run(name + " " + each.name(), () -> check(entry.precompile(), each));
      }
    }
  }

  private static void check(Precompile precompile, Case vector) {
    CallData input = CallData.of(vector.input());
    byte[] used = input.read(0, precompile.used(input));
    byte[] before = used.clone();
    assertThat(precompile.run(used)).isEqualTo(vector.expected());
    assertThat(used).as("the input is left alone").isEqualTo(before);
    if (vector.gas() != null) {
      assertThat(precompile.gas(input)).isEqualTo(vector.gas());
    }
  }

  /**
   * A list of cases, or an object with such a list; what has none is no vector file. Besu's point
   * evaluation file names the one output once and says of each case whether it is valid.
   */
  private static List<Case> json(JsonNode root) {
    JsonNode list = root.isArray() ? root : root.path(root.has("cases") ? "cases" : "TestCases");
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : list) {
      JsonNode expected =
          node.path("Valid").asBoolean()
              ? root.path("PrecompileReturnValue")
              : field(node, "Expected");
      JsonNode gas = field(node, "Gas");
      String input = field(node, "Input").asText();
      cases.add(
          new Case(
              field(node, "Name").asText(input),
              Hex.decode(input),
              expected.isTextual() ? Hex.decode(expected.asText()) : null,
              gas.isNumber() ? gas.longValue() : null));
    }
    return cases;
  }

  /** Some files write their fields in capitals, some in lower case. */
  private static JsonNode field(JsonNode node, String name) {
    return node.has(name) ? node.path(name) : node.path(name.toLowerCase(Locale.ROOT));
  }

  /** Lines of input, result, gas and notes; a result is missing where the call must fail. */
  private static List<Case> csv(Path file) {
    List<Case> cases = new ArrayList<>();
    List<String> lines = lines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] columns = line.split(",", -1);
      boolean fails = columns[1].isEmpty();
      boolean hasGas = columns.length > 2 && !fails;
      cases.add(
          new Case(
              columns[0],
              Hex.decode(columns[0]),
              fails ? null : Hex.decode(columns[1]),
              hasGas ? Long.valueOf(columns[2].strip()) : null));
    }
    return cases;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
