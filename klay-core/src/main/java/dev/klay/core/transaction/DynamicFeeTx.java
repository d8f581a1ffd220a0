package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/**
 * Ethereum's type 2 (EIP-1559), 0x7802 on Klaytn.
 *
 * @param priorityPrice {@code maxPriorityFeePerGas}
 * @param gasPrice {@code maxFeePerGas}
 */
public record DynamicFeeTx(
    long chainId,
    long nonce,
    Amount priorityPrice,
    Amount gasPrice,
    long gas,
    Optional<Address> to,
    Amount value,
    Bytes input,
    AccessList accessList)
    implements EthereumTypedTx {
  static DynamicFeeTx read(RlpReader fields) {
    return new DynamicFeeTx(
        fields.readLong(),
        fields.readUnsignedLong(),
        fields.readAmount(),
        fields.readAmount(),
        fields.readLong(),
        TxFields.readRecipient(fields),
        fields.readAmount(),
        fields.readBytes(),
        AccessList.read(fields));
  }

  @Override
  public TxType type() {
    return TxType.DYNAMIC_FEE;
  }

  @Override
  public DynamicFeeTx withChainId(long newChainId) {
    return new DynamicFeeTx(
        newChainId, nonce, priorityPrice, gasPrice, gas, to, value, input, accessList);
  }

  @Override
  public void writeFields(RlpWriter writer) {
    writer.integer(chainId).unsignedLong(nonce).amount(priorityPrice).amount(gasPrice).integer(gas);
    TxFields.writeRecipient(writer, to);
    writer.amount(value).bytes(input);
    accessList.write(writer);
  }
}
