package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.block.Log;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxSignature;
import dev.klay.crypto.primitive.Address;
import java.math.BigInteger;
import java.util.List;

/** A receipt of ours against one that a Klaytn node gave. */
final class ReceiptComparison {
  private ReceiptComparison() {}

  static void check(TxOutcome.Executed ours, JsonNode theirs) {
    assertThat(theirs).as("recorded receipt").isNotNull();
    ConsensusReceipt receipt = ours.receipt();
    SignedTx tx = ours.transaction();
    assertThat(receipt.isSuccess()).isEqualTo(theirs.get("status").asText().equals("0x1"));
    if (!receipt.isSuccess()) {
      assertThat(quantity(receipt.status())).isEqualTo(theirs.get("txError").asText());
    }
    assertThat(quantity(receipt.gasUsed())).isEqualTo(theirs.get("gasUsed").asText());
    assertThat("0x" + receipt.bloom().bits().toHex().substring(2))
        .isEqualTo(theirs.get("logsBloom").asText());
    checkLogs(receipt.logs(), theirs.get("logs"));
    if (receipt.isSuccess()) {
      String contract = theirs.path("contractAddress").asText("null");
      assertThat(ours.contract().map(Address::toHex).orElse("null")).isEqualTo(contract);
    }
    if (theirs.has("effectiveGasPrice")) {
      assertThat(ours.gasPrice().peb().toBigInteger())
          .isEqualTo(new BigInteger(theirs.get("effectiveGasPrice").asText().substring(2), 16));
    }
    assertThat(tx.senderTxHash().toHex()).isEqualTo(theirs.get("senderTxHash").asText());
    assertThat(tx.sender().toHex()).isEqualTo(theirs.get("from").asText());
    assertThat(tx.feePayer().map(Address::toHex).orElse("none"))
        .isEqualTo(theirs.path("feePayer").asText("none"));
    checkSignatures(tx.signatures(), theirs.get("signatures"));
    if (tx.feePayer().isPresent()) {
      checkSignatures(tx.feePayerSignatures(), theirs.get("feePayerSignatures"));
    }
  }

  private static void checkLogs(List<Log> ours, JsonNode theirs) {
    assertThat(ours).hasSize(theirs.size());
    for (int i = 0; i < ours.size(); i++) {
      assertThat(ours.get(i).address().toHex()).isEqualTo(theirs.get(i).get("address").asText());
      assertThat(ours.get(i).data().toHex()).isEqualTo(theirs.get(i).get("data").asText());
      JsonNode topics = theirs.get(i).get("topics");
      assertThat(ours.get(i).topics()).hasSize(topics.size());
      for (int k = 0; k < topics.size(); k++) {
        assertThat(ours.get(i).topics().get(k).toHex()).isEqualTo(topics.get(k).asText());
      }
    }
  }

  private static void checkSignatures(List<TxSignature> ours, JsonNode theirs) {
    assertThat(ours).hasSize(theirs.size());
    for (int i = 0; i < ours.size(); i++) {
      assertThat(quantity(ours.get(i).v())).isEqualTo(theirs.get(i).get("V").asText());
      assertThat(ours.get(i).r().toHex()).isEqualTo(theirs.get(i).get("R").asText());
      assertThat(ours.get(i).s().toHex()).isEqualTo(theirs.get(i).get("S").asText());
    }
  }

  private static String quantity(long number) {
    return "0x" + Long.toHexString(number);
  }
}
