package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/** Ethereum's first transaction, type 0x00, with replay protection by EIP-155. */
public record LegacyTx(TxHead head, Optional<Address> to, Amount value, Bytes input) implements Tx {
  static LegacyTx read(RlpReader fields) {
    return new LegacyTx(
        TxHead.read(fields),
        TxFields.readRecipient(fields),
        fields.readAmount(),
        fields.readBytes());
  }

  @Override
  public TxType type() {
    return TxType.LEGACY;
  }

  @Override
  public long nonce() {
    return head.nonce();
  }

  @Override
  public Amount gasPrice() {
    return head.gasPrice();
  }

  @Override
  public long gas() {
    return head.gas();
  }

  @Override
  public void writeFields(RlpWriter writer) {
    head.write(writer);
    TxFields.writeRecipient(writer, to);
    writer.amount(value).bytes(input);
  }

  /** With chain id 0 the payload of old, unprotected transactions, which has none in it. */
  @Override
  public Bytes signingPayload(long chainId) {
    return RlpWriter.encodeList(
        w -> {
          writeFields(w);
          if (chainId != 0) {
            w.integer(chainId).integer(0).integer(0);
          }
        });
  }
}
