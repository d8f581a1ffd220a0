package dev.klay.core.evm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ethereum's public blockchain tests, whole blocks with all that their headers say. Skipped, and
 * nothing else:
 *
 * <ul>
 *   <li>networks of forks that {@link EthereumForks} does not know, also as a part of a transition:
 *       none of the public set.
 * </ul>
 *
 * <p>Our own chains have other headers, seals and receipts; what is around the machine here is
 * Ethereum's and lives in the tests only. Proof of work is not checked (no file here asks for it).
 */
@Tag("conformance")
class BlockchainTestVectorsTest {
  @Test
  void acceptsWhatIsValidAndRefusesTheRest() throws Exception {
    List<TestArchive.Entry> entries = TestArchive.entries("ethereum/blockchain-tests");
    try (Tally tally = new Tally("blockchain-tests")) {
      TestArchive.forEachInParallel(entries, (name, test) -> run(name, test, tally));
    }
  }

  private static void run(String name, JsonNode test, Tally tally) {
    Optional<EthereumNetwork> network =
        EthereumNetwork.of(test.get("network").asText(), test.path("config"));
    if (network.isEmpty()) {
      tally.skip();
      return;
    }
    tally.run(name, () -> new BlockchainTest(test, network.orElseThrow()).check());
  }
}
