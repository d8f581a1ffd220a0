package dev.klay.core.txpool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.execution.Rejection;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.importing.InvalidBlock;
import dev.klay.core.importing.KlaytnGenesis;
import dev.klay.core.importing.RandaoVerifier;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What a real node refused is refused by our pool, for the same reason: the chain is imported as
 * far as it was when each transaction was sent, and the pool filled in the order of the log. A
 * refusal belongs to the state behind the last accepted transaction before it, or in front of that
 * block if both were sent at once; those of the burst at the end met a pool that still held what
 * was sent before, so that there the chain stands still.
 *
 * <p>Refusals behind a block that this build cannot execute are skipped and counted.
 */
@Tag("conformance")
class RefusalReplayTest {
  /** Where versions differ, our words, which are those of 1.12, by those of 1.4. */
  private static final Map<String, String> WORDS_OF_1_4 =
      Map.of(
          "invalid transaction v, r, s values of the sender",
          "invalid sender: invalid account key",
          "a legacy transaction must be with a legacy account key",
          "invalid sender: a legacy transaction must be with a legacy account key");

  /** Of the burst nobody knows whether the block with the same nonce came before or after. */
  private static final String SAME_NONCE =
      "there is another tx which has the same nonce in the tx pool";

  private static final String ANCHORING =
      "locally anchoring chaindata tx is not allowed in this node";

  @TestFactory
  Stream<DynamicTest> refusalsHaveTheReasonsOfTheRealNode() {
    return Vectors.folders("klaytn", "chain-").stream()
        .filter(folder -> Files.exists(folder.resolve("transactions-log.json")))
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> new Replay(f).run()));
  }

  private static final class Replay {
    private final String name;
    private final JsonNode log;
    private final Chain chain;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<Hash, Long> inBlock = new HashMap<>();
    private final TxPool pool;
    private long due;
    private boolean stuck;

    Replay(Path folder) throws IOException {
      name = folder.getFileName().toString();
      log = Vectors.read(folder.resolve("transactions-log.json"));
      chain =
          new Chain(
              ChainSpec.klaytn(KlaytnGenesis.of(folder)),
              new InMemoryChainStore(2),
              RandaoVerifier.UNCHECKED);
      Bytes file = Bytes.wrap(Files.readAllBytes(folder.resolve("blocks.rlp")));
      for (RlpReader reader = RlpReader.of(file); reader.hasNext(); ) {
        Block block = Block.read(SealRule.ISTANBUL, reader);
        blocks.add(block);
        block.transactions().forEach(tx -> inBlock.put(tx.hash(), block.number()));
      }
      ChainHead head = chain.head();
      pool =
          new TxPool(
              PoolLimits.DEFAULT,
              () -> Instant.EPOCH,
              head.state(),
              chain.rulesAfter(head),
              chain.nextBaseFee(head));
    }

    void run() {
      try (Tally tally = new Tally(name + "-refusals")) {
        for (JsonNode entry : log) {
          if (!entry.has("raw")) {
            continue; // a vote
          }
          boolean burst = entry.get("label").asText().startsWith("bulk");
          if (entry.has("error")) {
            replay(tally, entry, burst);
          } else {
            accept(entry, burst);
          }
        }
      }
    }

    private void replay(Tally tally, JsonNode entry, boolean burst) {
      if (!burst) {
        importTo(due - 1);
        if (!stuck && isRefusedAlike(entry)) {
          tally.run(entry.get("label").asText(), () -> {});
          return;
        }
        importTo(due);
      }
      if (stuck) {
        tally.skip();
      } else {
        tally.run(entry.get("label").asText(), () -> check(entry, burst));
      }
    }

    private boolean isRefusedAlike(JsonNode entry) {
      SignedTx tx = decode(entry);
      Optional<Rejection> rejection = pool.addLocal(tx);
      pool.remove(List.of(tx));
      return rejection.map(r -> r.nodeMessage().equals(expected(entry))).orElse(false);
    }

    private static String expected(JsonNode entry) {
      String theirs = entry.get("error").asText();
      return theirs.endsWith("cannot be submitted via RPC!")
          ? ANCHORING
          : WORDS_OF_1_4.getOrDefault(theirs, theirs);
    }

    /** Outside of the burst a transaction was in a block before the next was sent. */
    private void accept(JsonNode entry, boolean burst) {
      Hash hash = Hash.fromHex(entry.get("hash").asText());
      if (burst) {
        importTo(due);
        pool.addLocal(decode(entry));
      } else {
        due = Math.max(due, inBlock.getOrDefault(hash, 0L));
      }
    }

    private void check(JsonNode entry, boolean burst) {
      Optional<Rejection> rejection = pool.addLocal(decode(entry));
      assertThat(rejection).as("refused: " + entry.get("error").asText()).isPresent();
      String ours = rejection.orElseThrow().nodeMessage();
      String expected = expected(entry);
      if (burst && expected.equals("nonce too low")) {
        assertThat(ours).isIn(expected, SAME_NONCE);
      } else {
        assertThat(ours).isEqualTo(expected);
      }
    }

    private static SignedTx decode(JsonNode entry) {
      Bytes raw = Bytes.fromHex(entry.get("raw").asText());
      return entry.path("method").asText().startsWith("eth_")
          ? SignedTx.decodeEthereum(raw)
          : SignedTx.decode(raw);
    }

    private void importTo(long number) {
      while (!stuck && chain.head().number() < number) {
        Block next = blocks.get((int) chain.head().number());
        Optional<InvalidBlock> fault = chain.importBlock(next);
        if (fault.isPresent()) {
          assertThat(fault.orElseThrow().detail()).contains("runs no contracts");
          stuck = true;
          return;
        }
        ChainHead head = chain.head();
        pool.advance(
            head.state(), chain.rulesAfter(head), chain.nextBaseFee(head), next.transactions());
      }
    }
  }
}
