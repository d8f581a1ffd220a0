package dev.klay.core.txpool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Transactions that decode and that no pool takes: each for its own reason, in Klaytn's words.
 * Those that do not decode are in TransactionVectorsTest.
 */
@Tag("conformance")
class InvalidTransactionVectorsTest {
  private static final String WRAPPED = " (wrapped as ";

  @Test
  void everyInvalidTransactionIsRefusedForItsOwnReason() {
    Set<RejectionReason> reasons = EnumSet.noneOf(RejectionReason.class);
    try (Tally tally = new Tally("klaytn-transactions-invalid")) {
      for (JsonNode file : Vectors.topic("klaytn", "transactions").values()) {
        for (JsonNode vector : file.path("invalid")) {
          if (!vector.get("stage").asText().equals("decode")) {
            tally.run(vector.get("id").asText(), () -> reasons.add(check(vector)));
          }
        }
      }
    }
    assertThat(reasons).isNotEmpty();
  }

  private static RejectionReason check(JsonNode vector) {
    SignedTx tx = SignedTx.decode(Bytes.fromHex(vector.get("rawTx").asText()));
    long chainId = UInt256.fromHex(vector.get("chainId").asText()).toLong();
    Rejection rejection = pool(tx, chainId).add(tx).orElseThrow();
    String expected = vector.get("expectedError").asText();
    if (expected.contains(WRAPPED)) {
      String outer =
          expected.substring(expected.indexOf(WRAPPED) + WRAPPED.length(), expected.length() - 1);
      String inner = expected.substring(0, expected.indexOf(WRAPPED));
      assertThat(rejection.nodeMessage()).isEqualTo(outer + ": " + inner);
    } else {
      assertThat(rejection.nodeMessage()).endsWith(expected);
    }
    return rejection.reason();
  }

  /** A pool in whose state sender and fee payer are rich and the nonce is right. */
  private static TxPool pool(SignedTx tx, long chainId) {
    StateUpdater state = new StateUpdater(WorldState.EMPTY);
    Address sender = tx.tx() instanceof KlaytnTx klaytn ? klaytn.from() : tx.sender();
    state.addBalance(sender, Amount.klay(1_000_000));
    state.setNonce(sender, tx.tx().nonce());
    tx.feePayer().ifPresent(payer -> state.addBalance(payer, Amount.klay(1_000_000)));
    ForkSchedule forks = ForkSchedule.allFromGenesis(Fork.CANCUN);
    GovernanceParameters parameters = GovernanceParameters.DEFAULT;
    BlockRules rules = new BlockRules(chainId, 1, forks, parameters, parameters, true);
    return new TxPool(
        PoolLimits.DEFAULT, () -> Instant.EPOCH, state.build(false), rules, Amount.ston(25));
  }
}
