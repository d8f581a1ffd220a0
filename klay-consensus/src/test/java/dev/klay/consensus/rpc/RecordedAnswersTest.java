package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What real Klaytn nodes answered, against our answers on the same chain, through the whole
 * dispatcher. Every recorded field must be there with the recorded value, every recorded error with
 * its code; {@link KnownDifferences} lists what is otherwise, with reasons.
 */
@Tag("conformance")
class RecordedAnswersTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TestFactory
  Stream<DynamicTest> answersWhatKlaytnAnswered() {
    return Vectors.folders("klaytn", "chain-").stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> replay(folder)));
  }

  private static void replay(Path folder) throws IOException {
    JsonNode calls = Vectors.read(folder.resolve("rpc.json"));
    try (RecordedChain chain = new RecordedChain(folder);
        Tally tally = new Tally("rpc-" + folder.getFileName())) {
      for (JsonNode call : calls) {
        if (KnownDifferences.reason(folder.getFileName().toString(), call).isPresent()) {
          tally.skip();
          continue;
        }
        tally.run(
            call.get("method").asText() + call.get("params"),
            () ->
                compare(
                    KnownDifferences.adapted(call, ask(chain.rpc(), call)),
                    KnownDifferences.adapted(call, call)));
      }
    }
  }

  private static JsonNode ask(JsonRpc rpc, JsonNode call) throws IOException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("jsonrpc", "2.0");
    request.put("id", 1);
    request.set("method", call.get("method"));
    request.set("params", call.get("params"));
    byte[] text = request.toString().getBytes(StandardCharsets.UTF_8);
    return JSON.readTree(rpc.handle(text, RpcSession.asking("recorded")).join().orElseThrow());
  }

  private static void compare(JsonNode ours, JsonNode recorded) {
    if (recorded.has("error")) {
      JsonNode error = recorded.get("error");
      assertThat(ours.path("error").path("code")).as(ours.toString()).isEqualTo(error.get("code"));
      if (error.has("data")) {
        assertThat(ours.path("error").path("data")).isEqualTo(error.get("data"));
      }
    } else {
      assertThat(ours.path("error").toString()).isEmpty();
      assertContains("", ours.path("result"), recorded.get("result"));
    }
  }

  /** Whether all that was recorded is in ours; ours may have more fields. */
  private static void assertContains(String path, JsonNode ours, JsonNode recorded) {
    if (recorded.isObject()) {
      for (Map.Entry<String, JsonNode> entry : recorded.properties()) {
        assertThat(ours.has(entry.getKey())).as(path + "/" + entry.getKey()).isTrue();
        assertContains(path + "/" + entry.getKey(), ours.get(entry.getKey()), entry.getValue());
      }
    } else if (recorded.isArray()) {
      assertThat(ours.size()).as(path).isEqualTo(recorded.size());
      Iterator<JsonNode> mine = ours.iterator();
      for (JsonNode theirs : recorded) {
        assertContains(path + "[]", mine.next(), theirs);
      }
    } else if (recorded.isIntegralNumber() && ours.isIntegralNumber()) {
      assertThat(ours.bigIntegerValue()).as(path).isEqualTo(recorded.bigIntegerValue());
    } else if (recorded.isNumber() && ours.isNumber()) {
      assertThat(ours.doubleValue()).as(path).isEqualTo(recorded.doubleValue());
    } else {
      assertThat(ours).as(path).isEqualTo(recorded);
    }
  }
}
