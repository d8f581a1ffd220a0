package dev.klay.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.block.Log;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;

/** Reads receipts as {@code klay_getTransactionReceipt} shows them. */
public final class ReceiptReader {
  private static final int STATUS_MAX = 0xff;
  private static final int TOPICS_MAX = 4;

  private ReceiptReader() {}

  /**
   * What a transaction did, and where.
   *
   * @param index in the block
   */
  public record Placed(TxOutcome.Executed executed, long blockNumber, Hash blockHash, int index) {}

  /**
   * Reads a receipt with its transaction.
   *
   * @throws DecodingException if a field is missing or wrong
   */
  public static Placed read(JsonNode json) {
    Fields fields = new Fields(json);
    SignedTx tx = TransactionReader.read(json);
    List<Log> logs = new ArrayList<>();
    fields.node("logs").forEach(log -> logs.add(log(log)));
    ConsensusReceipt receipt = ConsensusReceipt.of(status(fields), fields.number("gasUsed"), logs);
    Amount price =
        fields.has("effectiveGasPrice")
            ? fields.amount("effectiveGasPrice")
            : tx.tx().gasPrice(); // as before Magma, when it is what was charged
    return new Placed(
        new TxOutcome.Executed(tx, receipt, fields.optionalAddress("contractAddress"), price),
        fields.number("blockNumber"),
        fields.hash("blockHash"),
        fields.small("transactionIndex", Integer.MAX_VALUE));
  }

  private static int status(Fields fields) {
    boolean success = fields.number("status") == ConsensusReceipt.SUCCESS;
    return success ? ConsensusReceipt.SUCCESS : fields.small("txError", STATUS_MAX);
  }

  /** Reads what a contract reported, without its place. */
  public static Log log(JsonNode json) {
    Fields fields = new Fields(json);
    List<Hash> topics = new ArrayList<>();
    fields.node("topics").forEach(topic -> topics.add(Hash.fromHex(topic.asText())));
    if (topics.size() > TOPICS_MAX) {
      throw new DecodingException("a log has at most 4 topics, not " + topics.size());
    }
    return new Log(fields.address("address"), topics, fields.bytes("data"));
  }
}
