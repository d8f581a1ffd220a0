package dev.klay.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.Block;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.Header;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.SealRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads headers and blocks with whole transactions, as {@code klay_getHeaderByNumber} and {@code
 * klay_getBlockByNumber} show them. What comes out hashes to the hash that stands there.
 */
public final class BlockReader {
  private BlockReader() {}

  /**
   * Reads a block.
   *
   * @param json with whole transactions
   * @param rule of the chain
   * @throws DecodingException if a field is missing, or a hash is another's
   */
  public static Block block(JsonNode json, SealRule rule) {
    List<SignedTx> transactions = new ArrayList<>();
    json.path("transactions").forEach(tx -> transactions.add(TransactionReader.read(tx)));
    return Block.of(rule, header(json, rule), transactions);
  }

  /** Reads a header, or that of a block; see {@link #block}. */
  public static Header header(JsonNode json, SealRule rule) {
    Fields fields = new Fields(json);
    Header header =
        new Header(
            fields.hash("parentHash"),
            fields.address("reward"),
            fields.hash("stateRoot"),
            fields.hash("transactionsRoot"),
            fields.hash("receiptsRoot"),
            new Bloom(fields.bytes("logsBloom")),
            fields.quantity(fields.has("blockscore") ? "blockscore" : "blockScore"),
            fields.number("number"),
            fields.number("gasUsed"),
            fields.number("timestamp"),
            fields.small("timestampFoS", 0xff),
            fields.bytes("extraData"),
            fields.bytes("governanceData"),
            fields.bytes("voteData"),
            baseFee(fields),
            optional(fields, "randomReveal"),
            optional(fields, fields.has("mixHash") ? "mixHash" : "mixhash"));
    Hash hash = fields.hash("hash");
    if (!header.hash(rule).equals(hash)) {
      throw new DecodingException("the fields of block " + hash + " make " + header.hash(rule));
    }
    return header;
  }

  /** Before Magma none is in the header and zero is shown. */
  private static Optional<Amount> baseFee(Fields fields) {
    return fields.has("baseFeePerGas")
        ? Optional.of(fields.amount("baseFeePerGas")).filter(fee -> !fee.isZero())
        : Optional.empty();
  }

  private static Optional<Bytes> optional(Fields fields, String name) {
    return fields.has(name) ? Optional.of(fields.bytes(name)) : Optional.empty();
  }
}
