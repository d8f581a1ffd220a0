package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/** Ethereum's type 1 (EIP-2930), 0x7801 on Klaytn. */
public record AccessListTx(
    long chainId,
    TxHead head,
    Optional<Address> to,
    Amount value,
    Bytes input,
    AccessList accessList)
    implements EthereumTypedTx {
  static AccessListTx read(RlpReader fields) {
    return new AccessListTx(
        fields.readLong(),
        TxHead.read(fields),
        TxFields.readRecipient(fields),
        fields.readAmount(),
        fields.readBytes(),
        AccessList.read(fields));
  }

  @Override
  public TxType type() {
    return TxType.ACCESS_LIST;
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
  public AccessListTx withChainId(long newChainId) {
    return new AccessListTx(newChainId, head, to, value, input, accessList);
  }

  @Override
  public void writeFields(RlpWriter writer) {
    writer.integer(chainId);
    head.write(writer);
    TxFields.writeRecipient(writer, to);
    writer.amount(value).bytes(input);
    accessList.write(writer);
  }
}
