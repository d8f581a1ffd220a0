package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ethereum's public transaction tests: which encodings are a valid transaction, and of what hash,
 * sender and intrinsic gas; one case for each fork, and one for our own {@code SignedTx} under the
 * rules of Klaytn's Prague, which agree with Ethereum's Cancun in all of this.
 *
 * <p>Skipped are forks that {@link EthereumForks} does not know, none of the public set. For the
 * differences of our own transactions see {@link OwnTransaction}.
 */
@Tag("conformance")
class TransactionTestVectorsTest {
  private static final String SAME_AS_OURS = "Cancun";

  @Test
  void tellsValidTransactionsFromOthers() throws Exception {
    List<TestArchive.Entry> entries = TestArchive.entries("ethereum/transaction-tests");
    try (Tally tally = new Tally("transaction-tests")) {
      TestArchive.forEachInParallel(entries, (name, test) -> run(name, test, tally));
    }
  }

  private static void run(String name, JsonNode test, Tally tally) {
    Bytes raw = Bytes.fromHex(test.get("txbytes").asText());
    JsonNode newest = null;
    for (Map.Entry<String, JsonNode> fork : test.get("result").properties()) {
      Optional<EvmRules> rules = EthereumForks.rules(fork.getKey());
      if (rules.isEmpty()) {
        tally.skip();
        continue;
      }
      tally.run(name + " " + fork.getKey(), () -> check(raw, rules.orElseThrow(), fork.getValue()));
      if (newest == null || fork.getKey().equals(SAME_AS_OURS)) {
        newest = fork.getValue();
      }
    }
    JsonNode expected = newest;
    if (expected != null && OwnTransaction.hasType(raw)) {
      tally.run(name + " as our own", () -> OwnTransaction.check(name, raw, expected));
    }
  }

  private static void check(Bytes raw, EvmRules rules, JsonNode expected) {
    Optional<String> fault;
    try {
      EthereumTx tx = EthereumTx.decode(raw);
      EthereumTxExecutor executor = executor(rules, tx);
      fault = executor.fault(tx).filter(reason -> !reason.equals("funds") || isFeeBeyondWord(tx));
      if (fault.isEmpty() && !expected.has("exception")) {
        assertThat(tx.hash()).isEqualTo(Hash.fromHex(expected.get("hash").asText()));
        assertThat(tx.sender()).isEqualTo(Address.parse(expected.get("sender").asText()));
        assertThat(executor.intrinsicGas(tx))
            .isEqualTo(EthereumState.number(expected.get("intrinsicGas")).toLong());
      }
    } catch (DecodingException e) {
      fault = Optional.of(String.valueOf(e.getMessage()));
    }
    assertThat(fault.isPresent())
        .as("refused; expected %s, found %s", expected.path("exception"), fault)
        .isEqualTo(expected.has("exception"));
  }

  /** The tests know no balances; only a fee that no word can hold makes a transaction invalid. */
  private static boolean isFeeBeyondWord(EthereumTx tx) {
    return tx.gas().toBigInteger().multiply(tx.maxFee().toBigInteger()).bitLength() > 256;
  }

  /** On a state and in a block where nothing but the transaction itself can be wrong. */
  private static EthereumTxExecutor executor(EvmRules rules, EthereumTx tx) {
    StateUpdater state = new StateUpdater(WorldState.EMPTY);
    state.addBalance(tx.sender(), Amount.peb(UInt256.MAX));
    state.setNonce(tx.sender(), tx.nonce().word(0));
    BlockContext block =
        new BlockContext(
            1, 1, 1, Address.ZERO, UInt256.ZERO, 0, UInt256.ZERO, UInt256.ONE, n -> Hash.ZERO);
    UInt256 gasLimit = UInt256.ofWords(0, 0, 0, -1);
    return new EthereumTxExecutor(rules, state, block, gasLimit, 6);
  }
}
