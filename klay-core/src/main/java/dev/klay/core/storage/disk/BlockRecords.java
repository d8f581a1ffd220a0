package dev.klay.core.storage.disk;

import dev.klay.core.block.Block;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The body record of a block: the byte 2, then RLP of {@code [block, supply, [outcome, ...]]}. An
 * outcome is {@code [sender, contract or empty, gas price, status, gas used]} of a transaction
 * without logs, else the last two are one item, the receipt. The sender stands there because
 * recovering it from a signature is dear.
 */
final class BlockRecords {
  private static final int STATUS_MAX = 0xff;

  /**
   * A block as it was kept.
   *
   * @param senders of its transactions
   */
  record Body(StoredBlock stored, List<Address> senders) {}

  private final SealRule rule;

  BlockRecords(SealRule rule) {
    this.rule = rule;
  }

  byte[] encode(StoredBlock stored) {
    Bytes block = stored.block().encode();
    RlpWriter writer = new RlpWriter(block.size() + 64 + 64 * stored.executed().size());
    writer.raw(new byte[] {Schema.RECORD_BODY});
    writer.beginList().raw(block).amount(stored.supply()).beginList();
    stored.executed().forEach(each -> writeOutcome(each, writer));
    return writer.endList().endList().toArray();
  }

  private static void writeOutcome(TxOutcome.Executed executed, RlpWriter writer) {
    writer.beginList().address(executed.transaction().sender());
    writer.bytes(executed.contract().map(a -> Bytes.wrap(a.unsafeArray())).orElse(Bytes.EMPTY));
    writer.amount(executed.gasPrice());
    ConsensusReceipt receipt = executed.receipt();
    if (receipt.logs().isEmpty() && receipt.bloom().equals(Bloom.EMPTY)) {
      writer.integer(receipt.status()).integer(receipt.gasUsed());
    } else {
      writer.raw(receipt.encode());
    }
    writer.endList();
  }

  static boolean isBody(byte[] payload) {
    return payload.length > 0 && payload[0] == Schema.RECORD_BODY;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws dev.klay.crypto.DecodingException if it is anything else
   */
  Body decode(byte[] payload) {
    RlpReader outer = RlpReader.of(Bytes.wrap(payload).slice(1, payload.length));
    RlpReader fields = outer.readList();
    outer.expectEnd();
    Block block = Block.read(rule, fields);
    Amount supply = fields.readAmount();
    List<TxOutcome.Executed> executed = new ArrayList<>();
    List<Address> senders = new ArrayList<>();
    RlpReader outcomes = fields.readList();
    fields.expectEnd();
    for (SignedTx tx : block.transactions()) {
      RlpReader outcome = outcomes.readList();
      senders.add(outcome.readAddress());
      executed.add(readOutcome(tx, outcome));
      outcome.expectEnd();
    }
    outcomes.expectEnd();
    return new Body(new StoredBlock(block, executed, supply), senders);
  }

  private static TxOutcome.Executed readOutcome(SignedTx tx, RlpReader fields) {
    Bytes contract = fields.readBytes();
    Amount gasPrice = fields.readAmount();
    ConsensusReceipt receipt =
        fields.nextIsList()
            ? ConsensusReceipt.decode(fields.readRaw())
            : ConsensusReceipt.of(fields.readInt(STATUS_MAX), fields.readLong(), List.of());
    return new TxOutcome.Executed(
        tx,
        receipt,
        contract.isEmpty() ? Optional.empty() : Optional.of(Address.of(contract.toArray())),
        gasPrice);
  }
}
