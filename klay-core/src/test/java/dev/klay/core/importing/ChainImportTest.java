package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.account.Account;
import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Genesis;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.storage.StoredBlock;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole chains of real Klaytn networks: imported, executed, and compared with what was recorded.
 */
@Tag("conformance")
class ChainImportTest {
  @TestFactory
  Stream<DynamicTest> chainsOfKlaytnImportToTheSameStates() {
    return Vectors.folders("klaytn", "chain-").stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> importWholly(folder)));
  }

  private static void importWholly(Path folder) throws IOException {
    try (Tally tally = new Tally(folder.getFileName().toString())) {
      new Import(folder, tally).run();
    }
  }

  /** The import of one chain. */
  private static final class Import {
    private final Path folder;
    private final Tally tally;
    private final Chain chain;
    private final JsonNode headers;
    private final Map<String, JsonNode> receipts = new HashMap<>();

    Import(Path folder, Tally tally) throws IOException {
      this.folder = folder;
      this.tally = tally;
      Genesis genesis = KlaytnGenesis.of(folder);
      chain = new Chain(ChainSpec.klaytn(genesis), new InMemoryChainStore());
      headers = Vectors.read(folder.resolve("headers.json"));
      for (JsonNode receipt : Vectors.read(folder.resolve("receipts.json"))) {
        receipts.put(receipt.get("transactionHash").asText(), receipt);
      }
    }

    void run() throws IOException {
      tally.run("genesis", () -> checkHeader(chain.head()));
      RlpReader reader = RlpReader.of(Bytes.wrap(Files.readAllBytes(folder.resolve("blocks.rlp"))));
      while (reader.hasNext()) {
        Block block = Block.read(SealRule.ISTANBUL, reader);
        tally.run("block " + block.number(), () -> importAndCompare(block));
      }
      tally.run("final state", this::checkFinalState);
      tally.run("supply", this::checkSupply);
    }

    private void importAndCompare(Block block) {
      if (block.number() % 50 == 0 && block.header().randomReveal().isPresent()) {
        assertRevealIsItsOwn(block);
      }
      Optional<InvalidBlock> fault = chain.importBlock(block);
      assertThat(fault).isEmpty();
      checkHeader(chain.head());
      StoredBlock stored = chain.store().block(block.number()).orElseThrow();
      for (TxOutcome.Executed executed : stored.executed()) {
        ReceiptComparison.check(executed, receipts.get(executed.transaction().hash().toHex()));
      }
    }

    /**
     * No block without the validators' keys is refused for its reveal alone, so the rule is asked.
     */
    private void assertRevealIsItsOwn(Block block) {
      RandaoVerifier keys = new RegisteredKeys(chain.spec());
      ChainHead parent = chain.head();
      assertThat(keys.findFault(block.author(), block.header(), parent)).isEmpty();
      for (Address other : parent.governance().validators()) {
        if (!other.equals(block.author())) {
          assertThat(keys.findFault(other, block.header(), parent))
              .contains("is no signature of " + other);
        }
      }
      assertThat(keys.findFault(block.author(), parent.header(), parent))
          .contains("is no signature of " + block.author());
    }

    private void checkHeader(ChainHead head) {
      JsonNode expected = headers.get((int) head.number());
      assertThat(head.hash().toHex()).isEqualTo(expected.get("hash").asText());
      assertThat(head.state().rootHash().toHex()).isEqualTo(expected.get("stateRoot").asText());
    }

    /** Genesis plus minted minus burnt is what all accounts own together. */
    private void checkSupply() {
      Amount[] owned = {Amount.ZERO};
      chain.head().state().forEach((key, account) -> owned[0] = owned[0].plus(account.balance()));
      assertThat(chain.head().supply()).isEqualTo(owned[0]);
    }

    private void checkFinalState() {
      JsonNode expected = Vectors.read(folder.resolve("final-state.json"));
      WorldState state = chain.head().state();
      assertThat(state.rootHash().toHex()).isEqualTo("0x" + expected.get("root").asText());
      int[] count = {0};
      state.forEach((key, account) -> count[0]++);
      assertThat(count[0]).isEqualTo(expected.get("accounts").size());
      expected
          .get("accounts")
          .properties()
          .forEach(
              entry ->
                  checkAccount(
                      state.account(Address.parse("0x" + entry.getKey())).orElseThrow(),
                      entry.getValue()));
    }

    private static void checkAccount(Account account, JsonNode expected) {
      assertThat(account.balance())
          .isEqualTo(Amount.peb(new BigInteger(expected.get("balance").asText())));
      assertThat(account.nonce()).isEqualTo(expected.get("nonce").asLong());
      assertThat(account.code().bytes())
          .isEqualTo(Bytes.fromHex("0x" + expected.path("code").asText()));
      expected
          .path("storage")
          .properties()
          .forEach(
              slot -> {
                UInt256 number = UInt256.of(new BigInteger(digits(slot.getKey()), 16));
                UInt256 word =
                    RlpReader.of(Bytes.fromHex("0x" + digits(slot.getValue().asText())))
                        .readUInt256();
                assertThat(account.storage().get(number)).isEqualTo(word);
              });
    }

    private static String digits(String hex) {
      return hex.startsWith("0x") ? hex.substring(2) : hex;
    }
  }
}
