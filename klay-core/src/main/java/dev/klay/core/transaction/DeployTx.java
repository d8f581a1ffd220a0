package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/**
 * Creates a contract; types 0x28 to 0x2a.
 *
 * @param to must be empty on a chain; old documents carry one
 * @param input init code
 * @param humanReadable must be false on a chain
 * @param codeFormat must be 0, the EVM's
 */
public record DeployTx(
    TxHead head,
    FeeDelegation feeDelegation,
    Address from,
    Optional<Address> to,
    Amount value,
    Bytes input,
    boolean humanReadable,
    int codeFormat)
    implements KlaytnTx {
  static DeployTx read(RlpReader fields, TxType type) {
    TxHead head = TxHead.read(fields);
    Optional<Address> to = TxFields.readRecipient(fields);
    Amount value = fields.readAmount();
    Address from = fields.readAddress();
    Bytes input = fields.readBytes();
    boolean humanReadable = fields.readBoolean();
    FeeDelegation delegation = FeeDelegation.read(fields, type);
    int codeFormat = fields.readInt(255);
    return new DeployTx(head, delegation, from, to, value, input, humanReadable, codeFormat);
  }

  @Override
  public TxType type() {
    return TxType.DEPLOY.with(feeDelegation);
  }

  @Override
  public void writeFields(RlpWriter writer) {
    head.write(writer);
    TxFields.writeRecipient(writer, to);
    writer.amount(value).address(from).bytes(input).bool(humanReadable);
    writeRatio(writer); // before the last field, in this kind only
    writer.integer(codeFormat);
  }
}
