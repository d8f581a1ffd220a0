package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;

/** Keeps data of another chain in this one; types 0x48 to 0x4a. The data is not interpreted. */
public record AnchoringTx(TxHead head, FeeDelegation feeDelegation, Address from, Bytes input)
    implements KlaytnTx {
  static AnchoringTx read(RlpReader fields, TxType type) {
    TxHead head = TxHead.read(fields);
    Address from = fields.readAddress();
    Bytes input = fields.readBytes();
    return new AnchoringTx(head, FeeDelegation.read(fields, type), from, input);
  }

  @Override
  public TxType type() {
    return TxType.ANCHORING.with(feeDelegation);
  }

  @Override
  public void writeFields(RlpWriter writer) {
    head.write(writer);
    writer.address(from).bytes(input);
    writeRatio(writer);
  }
}
