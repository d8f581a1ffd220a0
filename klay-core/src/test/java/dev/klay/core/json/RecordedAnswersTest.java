package dev.klay.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.block.Block;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What real nodes answered about blocks, transactions and receipts, against our JSON of the same.
 * Every recorded field must be there with the recorded value. Nothing is executed here: receipts
 * are made of the recorded outcomes.
 */
@Tag("conformance")
class RecordedAnswersTest {
  @TestFactory
  Stream<DynamicTest> ourJsonHasEveryRecordedField() {
    return Vectors.folders("klaytn", "chain-").stream()
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> compare(f)));
  }

  private static void compare(Path folder) throws IOException {
    RecordedChain chain = new RecordedChain(folder);
    try (Tally tally = new Tally(folder.getFileName() + "-json")) {
      for (JsonNode call : Vectors.read(folder.resolve("rpc.json"))) {
        JsonNode recorded = call.get("result");
        if (recorded == null || recorded.isNull()) {
          continue;
        }
        Optional<JsonNode> ours = answer(chain, call.get("method").asText(), call.get("params"));
        ours.ifPresent(
            json ->
                tally.run(
                    call.get("method").asText() + call.get("params"),
                    () -> assertContains("", json, recorded)));
      }
      Map<Hash, JsonNode> ours = chain.klayReceipts();
      for (JsonNode receipt : Vectors.read(folder.resolve("receipts.json"))) {
        Hash hash = Hash.fromHex(receipt.get("transactionHash").asText());
        tally.run("receipt " + hash, () -> assertContains("", ours.get(hash), receipt));
      }
    }
  }

  private static Optional<JsonNode> answer(RecordedChain chain, String method, JsonNode params) {
    String name = method.substring(method.indexOf('_') + 1);
    boolean eth = method.startsWith("eth_");
    if (!eth && !method.startsWith("klay_")) {
      return Optional.empty();
    }
    JsonNode first = params.path(0);
    JsonNode second = params.path(1);
    return Optional.ofNullable(
        switch (name) {
          case "getBlockByNumber", "getBlockByHash" ->
              block(chain, find(chain, first), eth, second.asBoolean());
          case "getHeaderByNumber", "getHeaderByHash" -> header(chain, find(chain, first), eth);
          case "getBlockTransactionCountByNumber", "getBlockTransactionCountByHash" ->
              TextNode.valueOf(Quantity.of(find(chain, first).transactions().size()));
          case "getTransactionByHash", "getTransactionBySenderTxHash" ->
              transaction(chain, Hash.fromHex(first.asText()), eth, false);
          case "getTransactionByBlockNumberAndIndex", "getTransactionByBlockHashAndIndex" ->
              transaction(
                  chain,
                  find(chain, first).transactions().get((int) Quantity.parseLong(second)).hash(),
                  eth,
                  true);
          case "getRawTransactionByHash" -> raw(chain, Hash.fromHex(first.asText()), eth);
          case "getTransactionReceipt", "getTransactionReceiptBySenderTxHash" ->
              eth
                  ? ethReceipt(chain, Hash.fromHex(first.asText()))
                  : klayReceipt(chain, Hash.fromHex(first.asText()));
          case "getBlockReceipts" -> receipts(chain, find(chain, first), eth);
          default -> null;
        });
  }

  private static Block find(RecordedChain chain, JsonNode reference) {
    if (reference.isNumber()) {
      return chain.block(reference.asLong());
    }
    return reference.asText().length() == 66
        ? chain.block(Hash.fromHex(reference.asText()))
        : chain.block(Quantity.parseLong(reference));
  }

  private static JsonNode block(RecordedChain chain, Block block, boolean eth, boolean whole) {
    return eth
        ? BlockJson.eth(block, chain.rules(block), chain.totalScore(block), whole)
        : BlockJson.klay(block, chain.rules(block), chain.totalScore(block), whole);
  }

  private static JsonNode header(RecordedChain chain, Block block, boolean eth) {
    Address author = block.number() == 0 ? Address.ZERO : block.author();
    return eth
        ? HeaderJson.eth(
            block.header(), block.hash(), author, chain.totalScore(block), chain.genesis().forks())
        : HeaderJson.klay(block.header(), block.hash(), chain.genesis().forks());
  }

  private static JsonNode transaction(
      RecordedChain chain, Hash hash, boolean eth, boolean inBlock) {
    RecordedChain.Place place = chain.transaction(hash);
    SignedTx tx = place.block().transactions().get(place.index());
    TxPosition position =
        BlockJson.position(place.block(), place.index(), chain.rules(place.block()));
    if (eth) {
      return TransactionJson.eth(tx, Optional.of(position));
    }
    return inBlock
        ? TransactionJson.klayInBlock(tx, position)
        : TransactionJson.klay(tx, Optional.of(position));
  }

  private static JsonNode raw(RecordedChain chain, Hash hash, boolean eth) {
    RecordedChain.Place place = chain.transaction(hash);
    SignedTx tx = place.block().transactions().get(place.index());
    return TextNode.valueOf((eth ? tx.ethereumEncoding() : tx.encode()).toHex());
  }

  private static JsonNode klayReceipt(RecordedChain chain, Hash hash) {
    RecordedChain.Place place = chain.transaction(hash);
    return ReceiptJson.klay(chain.stored(place.block()), place.index());
  }

  private static JsonNode ethReceipt(RecordedChain chain, Hash hash) {
    RecordedChain.Place place = chain.transaction(hash);
    return ReceiptJson.eth(chain.stored(place.block()), place.index());
  }

  private static JsonNode receipts(RecordedChain chain, Block block, boolean eth) {
    List<ObjectNode> all =
        eth ? ReceiptJson.eth(chain.stored(block)) : ReceiptJson.klay(chain.stored(block));
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    all.forEach(json::add);
    return json;
  }

  /** Whether all that was recorded is in ours; ours may have more fields. */
  static void assertContains(String path, JsonNode ours, JsonNode recorded) {
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
    } else if (recorded.isIntegralNumber()) {
      assertThat(ours.bigIntegerValue()).as(path).isEqualTo(recorded.bigIntegerValue());
    } else {
      assertThat(ours).as(path).isEqualTo(recorded);
    }
  }
}
