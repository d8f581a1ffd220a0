package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dispatcher with a few methods of its own, and everything a stranger can do wrong. */
class JsonRpcTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final CompletableFuture<JsonNode> later = new CompletableFuture<>();
  private final JsonRpc rpc = new JsonRpc(methods(), RpcLimits.DEFAULT);

  private RpcMethods methods() {
    RpcMethods methods = new RpcMethods();
    methods.add("test_echo", params -> TextNode.valueOf(params.atMost(1).at(0).asText()));
    methods.add("klay_address", params -> TextNode.valueOf(params.at(0).asAddress().toHex()));
    methods.add("test_word", params -> RpcChain.quantity(params.at(0).asQuantity()));
    methods.add("test_large", params -> TextNode.valueOf("x".repeat(6 << 20)));
    methods.addAsync("test_later", params -> later);
    methods.add(
        "test_fault",
        params -> {
          throw new IllegalStateException("/home/secret: a fault with a path");
        });
    return methods;
  }

  private JsonNode answer(String request) {
    return parse(rpc.handle(request).join().orElseThrow());
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  private static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  @Test
  void aCallIsAnsweredWithItsId() {
    assertThat(answer(request("test_echo", "[\"hi\"]")))
        .isEqualTo(parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"hi\"}"));
    assertThat(
            answer(
                    "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"test_word\",\"params\":[\"0x1\"]}")
                .get("id")
                .asText())
        .isEqualTo("a");
  }

  @Test
  void aProgramOfTheSameJvmCallsWithoutAnySocket() {
    assertThat(rpc.call("test_echo", "[\"hi\"]").join()).isEqualTo("\"hi\"");
    assertThatThrownBy(() -> rpc.call("test_nothing", "[]").join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(RpcException.class);
    assertThatThrownBy(() -> rpc.call("test_echo", "[").join())
        .hasCauseInstanceOf(RpcException.class);
  }

  @Test
  void kaiaIsAnotherNameOfKlay() {
    String address = "[\"0x000000000000000000000000000000000000aAbB\"]";
    assertThat(answer(request("kaia_address", address)).get("result"))
        .isEqualTo(answer(request("klay_address", address)).get("result"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{                                                          | -32700",
        "[1,                                                        | -32700",
        "{\"a\":1} {\"b\":2}                                        | -32700",
        "{\"a\":1,\"a\":2}                                          | -32700",
        "nonsense                                                   | -32700",
        "7                                                          | -32600",
        "\"text\"                                                   | -32600",
        "[]                                                         | -32600",
        "[1]                                                        | -32600",
        "{}                                                         | -32600",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"test_echo\"}    | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1}                             | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}                | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"test_echo\"}   | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\"}      | -32601",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_nothing\"}  | -32601",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"test_echo\"}    | -32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"test_echo\",\"params\":{\"a\":1}} | -32602"
      })
  void badRequestsGetTheStandardCode(String request, int code) {
    JsonNode answer = answer(request);
    JsonNode error = answer.isArray() ? answer.get(0).get("error") : answer.get("error");
    assertThat(error.get("code").asInt()).isEqualTo(code);
    assertThat(error.get("message").asText()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "test_echo    | []                 | missing value for required argument 0",
        "test_echo    | [null]             | missing value for required argument 0",
        "test_echo    | [\"a\",\"b\"]      | too many arguments, want at most 1",
        "test_echo    | [1]                | cannot unmarshal non-string",
        "klay_address | [\"0x1234\"]       | hex string has length 4, want 40 for common.Address",
        "klay_address | [\"1234\"]         | hex string without 0x prefix",
        "klay_address | [\"0xzz\"]         | invalid hex string",
        "klay_address | [true]             | cannot unmarshal non-string into common.Address",
        "test_word    | [\"0x01\"]         | leading zero digits",
        "test_word    | [\"0x\"]           | hex string \"0x\"",
        "test_word    | [\"\"]             | empty hex string",
        "test_word    | [7]                | cannot unmarshal non-string"
      })
  void badParametersSayWhatIsWrong(String method, String params, String message) {
    JsonNode error = answer(request(method, params)).get("error");
    assertThat(error.get("code").asInt()).isEqualTo(RpcError.INVALID_PARAMS);
    assertThat(error.get("message").asText()).contains(message);
  }

  @Test
  void aBatchIsAnsweredInItsOrderAndNotificationsAreNot() {
    JsonNode answers =
        answer(
            "["
                + request("test_echo", "[\"a\"]")
                + ","
                + "{\"jsonrpc\":\"2.0\",\"method\":\"test_echo\",\"params\":[\"x\"]},"
                + request("nothing", "[]")
                + ","
                + request("test_echo", "[\"b\"]")
                + "]");
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).get("result").asText()).isEqualTo("a");
    assertThat(answers.get(1).get("error").get("code").asInt()).isEqualTo(-32601);
    assertThat(answers.get(2).get("result").asText()).isEqualTo("b");
    assertThat(rpc.handle("{\"jsonrpc\":\"2.0\",\"method\":\"test_echo\"}").join()).isEmpty();
    assertThat(rpc.handle("[{\"jsonrpc\":\"2.0\",\"method\":\"test_echo\"}]").join()).isEmpty();
  }

  @Test
  void aBatchOfTooManyCallsIsRefusedWhole() {
    String call = request("test_echo", "[\"a\"]");
    assertThat(answer("[" + call + ("," + call).repeat(99) + "]")).hasSize(100);
    JsonNode error = answer("[" + call + ("," + call).repeat(100) + "]").get("error");
    assertThat(error.get("code").asInt()).isEqualTo(RpcError.INVALID_REQUEST);
    assertThat(error.get("message").asText()).contains("at most 100");
  }

  @Test
  void theAnswersOfABatchTogetherAreLimited() {
    String call = request("test_large", "[]");
    JsonNode answers = answer("[" + call + "," + call + "]");
    assertThat(answers.get(0).has("result")).isTrue();
    assertThat(answers.get(1).get("error").get("code").asInt()).isEqualTo(RpcError.LIMIT);
  }

  @Test
  void jsonBeyondItsLimitsIsRefused() {
    assertThat(code(request("test_echo", "[".repeat(30) + "]".repeat(30)))).isEqualTo(-32602);
    assertThat(code(request("test_echo", "[".repeat(40) + "]".repeat(40)))).isEqualTo(-32600);
    assertThat(code(request("test_echo", "[".repeat(100_000)))).isEqualTo(-32600);
    assertThat(code(request("test_echo", "[" + "1".repeat(78) + "]"))).isEqualTo(-32602);
    assertThat(code(request("test_echo", "[" + "1".repeat(79) + "]"))).isEqualTo(-32600);
    assertThat(code(request("test_echo", "[\"" + "x".repeat((1 << 20) + 1) + "\"]")))
        .isEqualTo(-32600);
  }

  private int code(String request) {
    return answer(request).get("error").get("code").asInt();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00007b22", "007b0000227b", "0000feff22392240", "fffe7b"})
  void whatLooksLikeAnotherEncodingIsNoRequest(String bytes) {
    byte[] request = HexFormat.of().parseHex(bytes);
    String text =
        new String(
            rpc.handle(request, RpcSession.asking("a test")).join().orElseThrow(),
            StandardCharsets.UTF_8);
    assertThat(parse(text).get("error").get("code").asInt()).isEqualTo(RpcError.PARSE);
  }

  @Test
  void whoAsksForAMethodOfDevelopmentIsToldWhereItIs() {
    assertThat(answer(request("evm_mine", "[]")).get("error").get("message").asText())
        .isEqualTo(
            "the method evm_mine does not exist/is not available: only development chains have such"
                + " methods");
    assertThat(answer(request("eth_mine", "[]")).get("error").get("message").asText())
        .isEqualTo("the method eth_mine does not exist/is not available");
  }

  @Test
  void aFaultOfOursIsNotTold() {
    JsonNode error = answer(request("test_fault", "[]")).get("error");
    assertThat(error.get("code").asInt()).isEqualTo(RpcError.INTERNAL);
    assertThat(error.toString()).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void whatIsWaitedForHoldsNoThread() {
    CompletableFuture<Optional<String>> pending =
        rpc.handle(
            "[" + request("test_later", "[]") + "," + request("test_echo", "[\"now\"]") + "]");
    assertThat(pending).isNotDone();
    later.complete(TextNode.valueOf("then"));
    JsonNode answers = parse(pending.join().orElseThrow());
    assertThat(answers.get(0).get("result").asText()).isEqualTo("then");
    assertThat(answers.get(1).get("result").asText()).isEqualTo("now");
  }
}
