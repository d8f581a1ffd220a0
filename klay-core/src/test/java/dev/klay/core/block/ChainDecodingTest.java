package dev.klay.core.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Blocks that real Klaytn nodes made decode, encode back and hash to what the nodes say. */
@Tag("conformance")
class ChainDecodingTest {
  @Test
  void blocksOfRealChainsRoundTrip() throws Exception {
    for (Path chain : Vectors.folders("klaytn", "chain-")) {
      DeriveSha roots = deriveSha(Vectors.read(chain.resolve("genesis.json")));
      Iterator<JsonNode> headers = Vectors.read(chain.resolve("headers.json")).iterator();
      JsonNode first = headers.next();
      JsonNode expected = first.get("number").asLong() == 0 ? headers.next() : first;
      Bytes file = Bytes.wrap(Files.readAllBytes(chain.resolve("blocks.rlp")));
      try (Tally tally = new Tally(chain.getFileName() + "-decoding")) {
        for (RlpReader reader = RlpReader.of(file); reader.hasNext(); ) {
          Bytes encoded = reader.readRaw();
          JsonNode line = expected;
          tally.run("block " + line.get("number"), () -> check(encoded, line, roots));
          expected = headers.hasNext() ? headers.next() : line;
        }
      }
    }
  }

  private static DeriveSha deriveSha(JsonNode genesis) {
    return DeriveSha.ofCode(genesis.get("config").path("deriveShaImpl").asLong());
  }

  private static void check(Bytes encoded, JsonNode expected, DeriveSha roots) {
    Block block = Block.decode(SealRule.ISTANBUL, encoded);
    assertThat(block.encode()).isEqualTo(encoded);
    assertThat(block.number()).isEqualTo(expected.get("number").asLong());
    assertThat(block.hash().toHex()).isEqualTo(expected.get("hash").asText());
    assertThat(block.transactionsRoot(roots)).isEqualTo(block.header().transactionsRoot());
    for (SignedTx tx : block.transactions()) {
      assertThat(tx.signers()).isNotEmpty();
    }
  }
}
