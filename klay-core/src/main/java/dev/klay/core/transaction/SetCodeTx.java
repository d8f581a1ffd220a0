package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.List;
import java.util.Optional;

/**
 * Ethereum's type 4 (EIP-7702), 0x7804 on Klaytn from Prague on: lets accounts run other accounts'
 * code.
 *
 * @param priorityPrice {@code maxPriorityFeePerGas}
 * @param gasPrice {@code maxFeePerGas}
 * @param recipient this type creates no contract
 * @param authorizations at least one on a chain, in the order they are applied
 */
public record SetCodeTx(
    long chainId,
    long nonce,
    Amount priorityPrice,
    Amount gasPrice,
    long gas,
    Address recipient,
    Amount value,
    Bytes input,
    AccessList accessList,
    List<Authorization> authorizations)
    implements EthereumTypedTx {
  public SetCodeTx {
    authorizations = List.copyOf(authorizations);
  }

  static SetCodeTx read(RlpReader fields) {
    return new SetCodeTx(
        fields.readLong(),
        fields.readUnsignedLong(),
        fields.readAmount(),
        fields.readAmount(),
        fields.readLong(),
        fields.readAddress(),
        fields.readAmount(),
        fields.readBytes(),
        AccessList.read(fields),
        Authorization.readList(fields));
  }

  @Override
  public TxType type() {
    return TxType.SET_CODE;
  }

  @Override
  public Optional<Address> to() {
    return Optional.of(recipient);
  }

  @Override
  public SetCodeTx withChainId(long newChainId) {
    return new SetCodeTx(
        newChainId,
        nonce,
        priorityPrice,
        gasPrice,
        gas,
        recipient,
        value,
        input,
        accessList,
        authorizations);
  }

  @Override
  public void writeFields(RlpWriter writer) {
    writer.integer(chainId).unsignedLong(nonce).amount(priorityPrice).amount(gasPrice).integer(gas);
    writer.address(recipient).amount(value).bytes(input);
    accessList.write(writer);
    writer.list(list -> authorizations.forEach(each -> each.write(list)));
  }
}
