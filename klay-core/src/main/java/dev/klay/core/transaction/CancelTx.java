package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;

/** Uses up a nonce, to displace a pending transaction; types 0x38 to 0x3a. */
public record CancelTx(TxHead head, FeeDelegation feeDelegation, Address from) implements KlaytnTx {
  static CancelTx read(RlpReader fields, TxType type) {
    TxHead head = TxHead.read(fields);
    Address from = fields.readAddress();
    return new CancelTx(head, FeeDelegation.read(fields, type), from);
  }

  @Override
  public TxType type() {
    return TxType.CANCEL.with(feeDelegation);
  }

  @Override
  public void writeFields(RlpWriter writer) {
    head.write(writer);
    writer.address(from);
    writeRatio(writer);
  }
}
