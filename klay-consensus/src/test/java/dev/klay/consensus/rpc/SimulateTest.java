package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks that might follow, by {@code eth_simulateV1}. Times are unix seconds, 2030 and on. */
class SimulateTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String A = "0xc000000000000000000000000000000000000000";
  private static final String B = "0xc100000000000000000000000000000000000000";
  private static final String C = "0xc200000000000000000000000000000000000000";

  /** Returns the number of its block. */
  private static final String NUMBER = "0x4360005260206000f3";

  /** Returns the hash of the block before. */
  private static final String PARENT = "0x6001430340" + "60005260206000f3";

  /** Counts its calls in slot 0, returns the count. */
  private static final String COUNTER = "0x600054600101806000556000526020" + "6000f3";

  /** Sends its value on to {@link #C}, then reverts if it was given any data. */
  private static final String FORWARD =
      "0x600060006000600034" + "73" + C.substring(2) + "5af150" + "3660265700" + "5b60006000fd";

  private final PrivateKey alice = PrivateKey.fromHex("0x" + "0".repeat(62) + "a1");
  private final KlayNode node =
      KlayNode.of(ChainSpec.development().withAccounts(List.of(alice.address()), Amount.klay(100)))
          .start();

  @AfterEach
  void close() {
    node.close();
    alice.close();
  }

  private JsonNode simulate(String payload) {
    try {
      String answer =
          node.rpc()
              .call("eth_simulateV1", "[" + payload.replace('\'', '"') + ",\"latest\"]")
              .join();
      return JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String blocks(String... blocks) {
    return "{'blockStateCalls':[" + String.join(",", blocks) + "]}";
  }

  private static String transfer(String from, String to, String value) {
    return "{'from':'" + from + "','to':'" + to + "','value':'" + value + "'}";
  }

  private static String rich(String account) {
    return "'stateOverrides':{'" + account + "':{'balance':'0x3e8'}}";
  }

  private static String code(String account, String code) {
    return "'stateOverrides':{'" + account + "':{'code':'" + code + "'}}";
  }

  @Test
  void eachCallSeesWhatThoseBeforeItDid() {
    JsonNode blocks =
        simulate(
            blocks(
                "{" + rich(A) + ",'calls':[" + transfer(A, B, "0x3e8") + "]}",
                "{'calls':[" + transfer(B, C, "0x3e7") + "," + transfer(B, A, "0x1") + "]}"));
    assertThat(blocks).hasSize(2);
    assertThat(blocks.at("/0/number").asText()).isEqualTo("0x1");
    assertThat(blocks.at("/1/parentHash")).isEqualTo(blocks.at("/0/hash"));
    assertThat(blocks.at("/1/calls")).hasSize(2);
    assertThat(blocks.at("/1/gasUsed").asText()).isEqualTo("0xa410");
    assertThat(blocks.at("/1/transactions")).hasSize(2);
    assertThat(blocks.at("/0/stateRoot")).isNotEqualTo(blocks.at("/1/stateRoot"));
    assertThat(node.head().number()).as("nothing happened").isZero();
  }

  @Test
  void storageLastsFromBlockToBlock() {
    String call = "{'calls':[{'to':'" + C + "'}]}";
    JsonNode blocks =
        simulate(blocks("{" + code(C, COUNTER) + ",'calls':[{'to':'" + C + "'}]}", call, call));
    for (int i = 0; i < 3; i++) {
      assertThat(blocks.get(i).at("/calls/0/returnData").asText()).endsWith("0" + (i + 1));
    }
  }

  @Test
  void blocksHaveTheNumbersTimesAndHashesThatAreShown() {
    JsonNode blocks =
        simulate(
            blocks(
                "{" + code(C, NUMBER) + ",'calls':[{'to':'" + C + "'}]}",
                "{'blockOverrides':{'number':'0x4','time':'0x77359400'},"
                    + code(C, PARENT)
                    + ",'calls':[{'to':'"
                    + C
                    + "'}]}"));
    assertThat(blocks).as("two in the gap").hasSize(4);
    assertThat(blocks.at("/0/calls/0/returnData").asText()).endsWith("01");
    assertThat(blocks.at("/3/number").asText()).isEqualTo("0x4");
    assertThat(blocks.at("/3/timestamp").asText()).isEqualTo("0x77359400");
    assertThat(blocks.at("/3/calls/0/returnData")).isEqualTo(blocks.at("/2/hash"));
  }

  @Test
  void movementsOfTheCoinAreLogsUntilTheyAreTakenBack() {
    String call = "'from':'" + A + "','to':'" + B + "','value':'0x5'";
    String payload =
        "{'blockStateCalls':[{'stateOverrides':{'"
            + A
            + "':{'balance':'0x3e8'},'"
            + B
            + "':{'code':'"
            + FORWARD
            + "'}},'calls':[{"
            + call
            + "},{"
            + call
            + ",'input':'0x01'}]}],'traceTransfers':true}";
    JsonNode calls = simulate(payload).at("/0/calls");
    assertThat(calls.at("/0/logs")).hasSize(2);
    JsonNode second = calls.at("/0/logs/1");
    assertThat(second.get("address").asText()).isEqualTo("0x" + "ee".repeat(20));
    assertThat(second.at("/topics/2").asText()).endsWith(C.substring(2));
    assertThat(second.get("logIndex").asText()).isEqualTo("0x1");
    assertThat(calls.at("/1/logs")).isEmpty();
    assertThat(calls.at("/1/error/code").asInt()).isEqualTo(3);
    assertThat(calls.at("/1/status").asText()).isEqualTo("0x0");
    assertThat(simulate(payload.replace(",'traceTransfers':true", "")).at("/0/calls/0/logs"))
        .isEmpty();
  }

  @Test
  void whatHaltsIsAResultOfItsCall() {
    JsonNode calls =
        simulate(
                blocks(
                    "{"
                        + code(C, "0x5b600056")
                        + ",'calls':[{'to':'"
                        + C
                        + "','gas':'0x186a0'},{'to':'"
                        + A
                        + "'}]}"))
            .at("/0/calls");
    assertThat(calls.at("/0/error/code").asInt()).isEqualTo(-32015);
    assertThat(calls.at("/0/error/message").asText()).isEqualTo("vm execution error: out of gas");
    assertThat(calls.at("/1/status").asText()).isEqualTo("0x1");
  }

  @Test
  void transactionsAreShownInFullIfAskedFor() {
    JsonNode tx =
        simulate(
                "{'blockStateCalls':[{"
                    + rich(A)
                    + ",'calls':["
                    + transfer(A, B, "0x1")
                    + ","
                    + transfer(A, B, "0x1")
                    + "]}],'returnFullTransactions':true}")
            .at("/0/transactions/1");
    assertThat(tx.get("from").asText()).isEqualTo(A);
    assertThat(tx.get("nonce").asText()).isEqualTo("0x1");
    assertThat(tx.get("s").asText()).isEqualTo("0x0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'blockOverrides':{'number':'0x0'}} | -38020",
        "{'blockOverrides':{'number':'0x101'}} | -38026",
        "{'blockOverrides':{'time':'0x1'}} | -38021",
        "{'calls':[{'from':'0xc000000000000000000000000000000000000000','value':'0x1'}]} | -38014",
        "{'calls':[{'to':'0xc000000000000000000000000000000000000000','gas':'0x1'}]} | -38013",
        "{'calls':[{'gas':'0x7fffffffffffffff'}]} | -38015",
        "{'stateOverrides':{'0xc000000000000000000000000000000000000000':{'movePrecompileToAddress'"
            + ":'0xc100000000000000000000000000000000000000'}}} | -32602",
        "{'calls':[{'typeInt':9,'to':'0xc000000000000000000000000000000000000000'}]} | -32602",
      })
  void whatCannotBeHasTheCodeOfTheSpecification(String block, int code) {
    assertThat(code(blocks(block))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "'''gasPrice'':''0x5d21dba00''', 0",
    "'''gasPrice'':''0x1''', -38012",
    "'''gasPrice'':''0x5d21dba00'',''nonce'':''0x5''', -38011",
  })
  void whereItIsWantedNoncesAndPricesAreChecked(String fields, int code) {
    String call = "{'from':'" + alice.address().toHex() + "','to':'" + B + "'," + fields + "}";
    String payload = "{'blockStateCalls':[{'calls':[" + call + "]}],'validation':true}";
    assertThat(code(payload)).isEqualTo(code);
    assertThat(code(payload.replace("true", "false"))).isZero();
  }

  private int code(String payload) {
    CompletionException refused =
        catchThrowableOfType(CompletionException.class, () -> simulate(payload));
    return refused == null ? 0 : ((RpcException) refused.getCause()).error().code();
  }

  @Test
  void allBlocksTogetherHaveTheGasOfOneCall() {
    String burn = "{'to':'" + C + "','gas':'0x1c9c380'}"; // 30 million
    assertThat(code(blocks("{" + code(C, "0x5b600056") + ",'calls':[" + burn + "," + burn + "]}")))
        .isEqualTo(-38015);
  }
}
