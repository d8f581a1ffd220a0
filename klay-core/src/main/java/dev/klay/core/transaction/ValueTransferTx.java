package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/** Sends KLAY; types 0x08 to 0x0a. The recipient must not be a contract. */
public record ValueTransferTx(
    TxHead head, FeeDelegation feeDelegation, Address from, Address recipient, Amount value)
    implements KlaytnTx {
  static ValueTransferTx read(RlpReader fields, TxType type) {
    TxHead head = TxHead.read(fields);
    Address recipient = fields.readAddress();
    Amount value = fields.readAmount();
    Address from = fields.readAddress();
    return new ValueTransferTx(head, FeeDelegation.read(fields, type), from, recipient, value);
  }

  @Override
  public TxType type() {
    return TxType.VALUE_TRANSFER.with(feeDelegation);
  }

  @Override
  public Optional<Address> to() {
    return Optional.of(recipient);
  }

  @Override
  public void writeFields(RlpWriter writer) {
    head.write(writer);
    writer.address(recipient).amount(value).address(from);
    writeRatio(writer);
  }
}
