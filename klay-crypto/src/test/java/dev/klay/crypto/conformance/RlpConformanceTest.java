package dev.klay.crypto.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import dev.klay.crypto.rlp.RlpException;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RLPTests of ethereum/tests: encodings, random valid input and input to refuse. */
@Tag("conformance")
class RlpConformanceTest {
  @Test
  void publishedVectors() {
    List<Path> files = Vectors.files("ethereum/rlp", ".json");
    try (Tally tally = new Tally("rlp")) {
      for (Path file : files) {
        Vectors.read(file)
            .properties()
            .forEach(e -> tally.run(e.getKey(), () -> check(e.getValue())));
      }
    }
  }

  private static void check(JsonNode vector) {
    Bytes encoded = Bytes.fromHex(vector.path("out").asText());
    JsonNode in = vector.path("in");
    if (in.asText().equals("INVALID")) {
      assertThatThrownBy(() -> copy(encoded)).isInstanceOf(RlpException.class);
      return;
    }
    assertThat(copy(encoded)).isEqualTo(encoded);
    if (!in.asText().equals("VALID")) {
      RlpWriter writer = new RlpWriter();
      write(writer, in);
      assertThat(writer.toBytes()).isEqualTo(encoded);
    }
  }

  private static void write(RlpWriter writer, JsonNode value) {
    if (value.isArray()) {
      writer.list(w -> value.forEach(each -> write(w, each)));
    } else if (value.isNumber()) {
      writer.integer(value.longValue());
    } else if (value.asText().startsWith("#")) {
      writer.bytes(minimal(new BigInteger(value.asText().substring(1))));
    } else {
      writer.bytes(value.asText().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static byte[] minimal(BigInteger value) {
    return value.signum() == 0
        ? new byte[0]
        : Hex.decode(
            value.toString(16).length() % 2 == 0 ? value.toString(16) : "0" + value.toString(16));
  }

  /** Reads one item wholly, down to every string, and writes it again. */
  private static Bytes copy(Bytes encoded) {
    RlpReader reader = RlpReader.of(encoded);
    RlpWriter writer = new RlpWriter();
    copyItem(reader, writer);
    reader.expectEnd();
    return writer.toBytes();
  }

  private static void copyItem(RlpReader reader, RlpWriter writer) {
    if (!reader.nextIsList()) {
      writer.bytes(reader.readBytes());
      return;
    }
    RlpReader inner = reader.readList();
    writer.beginList();
    while (inner.hasNext()) {
      copyItem(inner, writer);
    }
    writer.endList();
  }
}
