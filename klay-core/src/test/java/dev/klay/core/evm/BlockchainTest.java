package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One test of a blockchain-test file: a genesis, blocks on it, and the state in the end. */
final class BlockchainTest {
  private record Known(EthereumHeader header, WorldState state) {}

  private final JsonNode test;
  private final EthereumNetwork network;
  private final long chainId;
  private final Map<Hash, Known> blocks = new HashMap<>();

  BlockchainTest(JsonNode test, EthereumNetwork network) {
    this.test = test;
    this.network = network;
    JsonNode id = test.path("config").path("chainid");
    this.chainId = id.isMissingNode() ? 1 : EthereumState.number(id).toLong();
  }

  void check() {
    WorldState pre = EthereumState.read(test.get("pre"));
    EthereumHeader genesis = EthereumBlock.decode(hex(test.get("genesisRLP"))).header();
    assertThat(genesis.stateRoot()).as("root of genesis").isEqualTo(EthereumState.root(pre));
    blocks.put(genesis.hash(), new Known(genesis, pre));
    int index = 0;
    for (JsonNode block : test.get("blocks")) {
      Optional<String> fault = append(hex(block.get("rlp")));
      assertThat(fault.isPresent())
          .as(
              "block %d refused, expected %s, found %s",
              index++, block.path("expectException"), fault)
          .isEqualTo(block.has("expectException"));
    }
    Known last = blocks.get(Hash.fromHex(test.get("lastblockhash").asText()));
    assertThat(last).as("last block").isNotNull();
    Hash expected =
        test.has("postState")
            ? EthereumState.root(EthereumState.read(test.get("postState")))
            : Hash.fromHex(test.get("postStateHash").asText());
    assertThat(EthereumState.root(last.state())).as("state in the end").isEqualTo(expected);
  }

  /** Takes a block; why not, or empty. */
  private Optional<String> append(Bytes raw) {
    try {
      EthereumBlock block = EthereumBlock.decode(raw);
      EthereumHeader header = block.header();
      Known parent = blocks.get(header.parentHash());
      if (parent == null) {
        return Optional.of("unknown parent");
      }
      new EthereumHeaderRules(network).check(block, parent.header());
      WorldState state =
          new EthereumBlockProcessor(
                  network, header, parent.state(), chainId, number -> ancestor(parent, number))
              .process(block);
      blocks.put(header.hash(), new Known(header, state));
      return Optional.empty();
    } catch (DecodingException | InvalidEthereumBlock e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Hash ancestor(Known parent, long number) {
    EthereumHeader header = parent.header();
    while (header.number() > number) {
      header = blocks.get(header.parentHash()).header();
    }
    return header.hash();
  }

  private static Bytes hex(JsonNode text) {
    return Bytes.fromHex(text.asText());
  }
}
