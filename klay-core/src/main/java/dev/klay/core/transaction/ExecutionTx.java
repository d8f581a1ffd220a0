package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/** Calls a contract; types 0x30 to 0x32. */
public record ExecutionTx(
    TxHead head,
    FeeDelegation feeDelegation,
    Address from,
    Address contract,
    Amount value,
    Bytes input)
    implements KlaytnTx {
  static ExecutionTx read(RlpReader fields, TxType type) {
    TxHead head = TxHead.read(fields);
    Address contract = fields.readAddress();
    Amount value = fields.readAmount();
    Address from = fields.readAddress();
    Bytes input = fields.readBytes();
    return new ExecutionTx(head, FeeDelegation.read(fields, type), from, contract, value, input);
  }

  @Override
  public TxType type() {
    return TxType.EXECUTION.with(feeDelegation);
  }

  @Override
  public Optional<Address> to() {
    return Optional.of(contract);
  }

  @Override
  public void writeFields(RlpWriter writer) {
    head.write(writer);
    writer.address(contract).amount(value).address(from).bytes(input);
    writeRatio(writer);
  }
}
