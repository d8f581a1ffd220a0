package dev.klay.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.SealRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Genesis files of public and private Klaytn chains: state root, header, hash. */
@Tag("conformance")
class GenesisConformanceTest {
  @Test
  void publishedGenesisFilesGiveTheirBlocks() throws IOException {
    try (Tally tally = new Tally("klaytn-genesis")) {
      for (Path file : Vectors.files("klaytn/genesis", ".json")) {
        JsonNode vector = Vectors.read(file);
        tally.run(file.getFileName().toString(), () -> checkPublished(vector));
      }
    }
  }

  private static void checkPublished(JsonNode vector) {
    Genesis genesis = Genesis.parse(vector.get("genesis").toString());
    JsonNode expected = vector.get("expected");
    WorldState state = genesis.state();
    Block block = genesis.block(SealRule.ISTANBUL, state);
    assertThat(block.header().encode())
        .isEqualTo(Bytes.fromHex(expected.get("headerRlp").asText()));
    assertThat(block.hash()).isEqualTo(Hash.fromHex(expected.get("hash").asText()));
    assertThat(state.rootHash()).isEqualTo(Hash.fromHex(expected.get("stateRoot").asText()));
    assertThat(block.header().governance())
        .isEqualTo(Bytes.fromHex(expected.get("governanceDataField").asText()));
    assertThat(GovernanceData.encode(GovernanceData.decode(block.header().governance())))
        .isEqualTo(block.header().governance());
  }

  @Test
  void chainsStartFromTheirGenesisBlock() throws IOException {
    try (Tally tally = new Tally("klaytn-genesis-blocks")) {
      for (Path folder : Vectors.folders("klaytn", "chain-")) {
        tally.run(folder.getFileName().toString(), () -> checkChain(folder));
      }
    }
  }

  private static void checkChain(Path folder) throws IOException {
    Genesis genesis = Genesis.parse(Files.readString(folder.resolve("genesis.json")));
    Block made = genesis.block(SealRule.ISTANBUL, genesis.state());
    Bytes recorded =
        Bytes.fromHex(Files.readString(folder.resolve("genesis-block.rlp.hex")).strip());
    Header header = Block.decode(SealRule.ISTANBUL, recorded).header();
    assertThat(made.header()).isEqualTo(header);
    assertThat(made.encode()).isEqualTo(recorded);
    assertThat(genesis.validators()).isNotEmpty();
  }
}
