package dev.klay.core.transaction;

import dev.klay.core.account.AccountKey;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;

/** Gives the sender's account another key; types 0x20 to 0x22. */
public record AccountUpdateTx(
    TxHead head, FeeDelegation feeDelegation, Address from, AccountKey key) implements KlaytnTx {
  static AccountUpdateTx read(RlpReader fields, TxType type) {
    TxHead head = TxHead.read(fields);
    Address from = fields.readAddress();
    AccountKey key = AccountKey.decode(fields.readBytes());
    return new AccountUpdateTx(head, FeeDelegation.read(fields, type), from, key);
  }

  @Override
  public TxType type() {
    return TxType.ACCOUNT_UPDATE.with(feeDelegation);
  }

  @Override
  public void writeFields(RlpWriter writer) {
    head.write(writer);
    writer.address(from).bytes(key.encode());
    writeRatio(writer);
  }
}
