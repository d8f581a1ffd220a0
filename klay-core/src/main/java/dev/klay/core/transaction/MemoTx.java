package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/** Sends KLAY with a memo; types 0x10 to 0x12. The recipient must not be a contract. */
public record MemoTx(
    TxHead head,
    FeeDelegation feeDelegation,
    Address from,
    Address recipient,
    Amount value,
    Bytes input)
    implements KlaytnTx {
  static MemoTx read(RlpReader fields, TxType type) {
    TxHead head = TxHead.read(fields);
    Address recipient = fields.readAddress();
    Amount value = fields.readAmount();
    Address from = fields.readAddress();
    Bytes input = fields.readBytes();
    return new MemoTx(head, FeeDelegation.read(fields, type), from, recipient, value, input);
  }

  @Override
  public TxType type() {
    return TxType.MEMO.with(feeDelegation);
  }

  @Override
  public Optional<Address> to() {
    return Optional.of(recipient);
  }

  @Override
  public void writeFields(RlpWriter writer) {
    head.write(writer);
    writer.address(recipient).amount(value).address(from).bytes(input);
    writeRatio(writer);
  }
}
