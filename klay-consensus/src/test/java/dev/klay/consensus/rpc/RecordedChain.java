package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.config.ProposerPolicy;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.service.LocalChainService;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A chain of a real Klaytn network, imported whole, and JSON-RPC over it. */
final class RecordedChain implements AutoCloseable {
  private static final String REGISTRY = "0000000000000000000000000000000000000401";

  private final Chain chain;
  private final LocalChainService service;
  private final NodeRpc rpc;

  RecordedChain(Path folder) throws IOException {
    chain = new Chain(spec(genesis(folder)), new InMemoryChainStore());
    RlpReader reader = RlpReader.of(Bytes.wrap(Files.readAllBytes(folder.resolve("blocks.rlp"))));
    while (reader.hasNext()) {
      Block block = Block.read(SealRule.ISTANBUL, reader);
      chain
          .importBlock(block)
          .ifPresent(
              fault -> {
                throw new AssertionError(block + ": " + fault);
              });
    }
    ChainHead head = chain.head();
    TxPool pool =
        new TxPool(
            PoolLimits.DEFAULT,
            Clock.systemUTC(),
            head.state(),
            chain.rulesAfter(head),
            chain.nextBaseFee(head));
    service = new LocalChainService(chain, pool, pool::addLocal, Runnable::run);
    RpcChain served = new RpcChain(service, pool, new Recorder(chain), RpcLimits.DEFAULT);
    rpc = new NodeRpc(served, UnlockedAccounts.NONE, address -> false, "recorded", () -> false);
  }

  /** The registry contract's code is in the dump of the last state, not in the genesis. */
  private static Genesis genesis(Path folder) {
    JsonNode genesis = Vectors.read(folder.resolve("genesis.json"));
    if (genesis.path("config").path("randaoRegistry") instanceof ObjectNode registry) {
      JsonNode accounts = Vectors.read(folder.resolve("final-state.json")).path("accounts");
      registry.put("code", "0x" + accounts.path(REGISTRY).path("code").asText());
    }
    return Genesis.parse(genesis.toString());
  }

  private static ChainSpec spec(Genesis genesis) {
    return new ChainSpec(
        "klaytn-" + genesis.chainId(),
        NetworkKind.TEST,
        genesis,
        SealRule.ISTANBUL,
        ProposerPolicy.ROUND_ROBIN,
        1000,
        1000,
        1000,
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        Optional.empty());
  }

  /** The node that recorded the answers was the governing one. */
  private record Recorder(Chain chain) implements NodeFacts {
    @Override
    public Address address() {
      return chain.spec().genesis().parameters().governingNode();
    }

    @Override
    public String clientVersion() {
      return "Klay/test";
    }

    @Override
    public int peerCount() {
      return 0;
    }
  }

  JsonRpc rpc() {
    return rpc.dispatcher();
  }

  @Override
  public void close() {
    rpc.close();
    service.close();
    chain.close();
  }
}
