package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.core.block.Block;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Genesis;
import dev.klay.core.evm.Tracer;
import dev.klay.core.evm.trace.CallTracer;
import dev.klay.core.evm.trace.KlaytnPrestateTracer;
import dev.klay.core.evm.trace.KlaytnTraceJson;
import dev.klay.core.evm.trace.StructLogTracer;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.execution.TransactionExecutor;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Traces of transactions on real Klaytn chains, as their nodes answered. */
@Tag("conformance")
class TraceVectorsTest {
  private static final String METHOD = "debug_traceTransaction";

  @TestFactory
  Stream<DynamicTest> tracesAsKlaytnDoes() {
    return Vectors.folders("klaytn", "chain-").stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> new Retracing(folder).run()));
  }

  /** The import of one chain, with the recorded transactions traced on the way. */
  private static final class Retracing {
    private final String name;
    private final Path folder;
    private final Chain chain;
    private final Map<Hash, List<JsonNode>> requests = new HashMap<>();

    Retracing(Path folder) throws IOException {
      this.folder = folder;
      this.name = "tracers-" + folder.getFileName();
      Genesis genesis = KlaytnGenesis.of(folder);
      chain = new Chain(ChainSpec.klaytn(genesis), new InMemoryChainStore());
      for (JsonNode call : Vectors.read(folder.resolve("rpc.json"))) {
        if (call.path("method").asText().equals(METHOD) && call.has("result")) {
          requests
              .computeIfAbsent(
                  Hash.fromHex(call.get("params").get(0).asText()), hash -> new ArrayList<>())
              .add(call);
        }
      }
    }

    void run() throws IOException {
      try (Tally tally = new Tally(name)) {
        Bytes blocks = Bytes.wrap(Files.readAllBytes(folder.resolve("blocks.rlp")));
        for (RlpReader reader = RlpReader.of(blocks); !requests.isEmpty() && reader.hasNext(); ) {
          Block block = Block.read(SealRule.ISTANBUL, reader);
          trace(block, tally);
          assertThat(chain.importBlock(block)).isEmpty();
        }
        assertThat(requests).as("transactions that are on no block").isEmpty();
      }
    }

    private void trace(Block block, Tally tally) {
      boolean isAsked =
          block.transactions().stream().anyMatch(tx -> requests.containsKey(tx.hash()));
      if (!isAsked) {
        return;
      }
      BlockRules rules = chain.rulesAfter(chain.head());
      BlockEnvironment environment =
          BlockEnvironment.of(
              rules,
              block.header(),
              block.author(),
              number -> chain.store().block(number).orElseThrow().block().hash());
      WorldState before = chain.head().state();
      for (SignedTx tx : block.transactions()) {
        List<JsonNode> asked = requests.remove(tx.hash());
        if (asked != null) {
          Transaction one = new Transaction(tx, environment, before);
          asked.forEach(
              request ->
                  tally.run(
                      tx.hash().toHex() + request.get("params").get(1), () -> one.check(request)));
        }
        before = execute(tx, environment, before, Tracer.NONE);
      }
    }
  }

  private static WorldState execute(
      SignedTx tx, BlockEnvironment environment, WorldState before, Tracer tracer) {
    StateUpdater state = new StateUpdater(before);
    TxOutcome outcome = new TransactionExecutor(state, environment, tracer).execute(tx);
    assertThat(outcome).isInstanceOf(TxOutcome.Executed.class);
    return state.build(true);
  }

  /** A transaction and the state before it. */
  private record Transaction(SignedTx tx, BlockEnvironment environment, WorldState before) {
    void check(JsonNode request) throws IOException {
      JsonNode options = request.get("params").get(1);
      JsonNode actual =
          switch (options.path("tracer").asText()) {
            case "callTracer" -> calls();
            case "prestateTracer" -> prestate();
            default -> steps(options);
          };
      JsonMapper json = new JsonMapper(); // numbers become those of a parser
      assertThat(json.readTree(actual.toString())).isEqualTo(request.get("result"));
    }

    private JsonNode calls() {
      CallTracer tracer = new CallTracer(new CallTracer.Options(false, false, true));
      execute(tx, environment, before, tracer);
      return KlaytnTraceJson.calls(tracer);
    }

    private JsonNode prestate() {
      KlaytnPrestateTracer tracer = new KlaytnPrestateTracer();
      WorldState after = execute(tx, environment, before, tracer);
      return KlaytnTraceJson.prestate(tracer.result(after));
    }

    private JsonNode steps(JsonNode options) {
      StructLogTracer tracer =
          new StructLogTracer(
              new StructLogTracer.Options(
                  !options.path("disableStack").asBoolean(),
                  !options.path("disableMemory").asBoolean(),
                  !options.path("disableStorage").asBoolean(),
                  false,
                  0));
      execute(tx, environment, before, tracer);
      return KlaytnTraceJson.steps(tracer);
    }
  }
}
