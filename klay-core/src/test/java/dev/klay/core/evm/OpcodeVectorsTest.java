package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.UInt256;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of two-operand opcodes: X, then Y on top of it, and what the opcode leaves. */
@Tag("conformance")
class OpcodeVectorsTest {
  @Test
  void publishedTables() {
    List<Path> files = Vectors.files("ethereum/opcodes", ".json");
    try (Tally tally = new Tally("opcodes")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".json", "");
        int opcode = opcode(name.replace("testcases_", ""));
        int index = 0;
        for (JsonNode row : Vectors.read(file)) {
          tally.run(name + " " + index++, () -> check(opcode, row));
        }
      }
    }
  }

  private static void check(int opcode, JsonNode row) {
    UInt256 result = MiniMachine.run(opcode, word(row, "X"), word(row, "Y"));
    assertThat(result).isEqualTo(word(row, "Expected"));
  }

  private static UInt256 word(JsonNode row, String field) {
    return EthereumState.number(row.get(field).asText());
  }

  private static int opcode(String name) {
    String wanted = name.equals("signext") ? "SIGNEXTEND" : name.toUpperCase(Locale.ROOT);
    return Assembly.opcode(wanted);
  }
}
