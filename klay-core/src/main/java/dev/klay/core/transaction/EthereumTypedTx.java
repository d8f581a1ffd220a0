package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpWriter;

/**
 * Ethereum's typed transactions (EIP-2718), which Klaytn wraps by a leading 0x78. The chain id is
 * one of their fields.
 */
public sealed interface EthereumTypedTx extends Tx permits AccessListTx, DynamicFeeTx, SetCodeTx {
  long chainId();

  AccessList accessList();

  /** The type byte of EIP-2718. */
  default int ethereumType() {
    return type().code() & 0xff;
  }

  /** The argument is taken only where the field says 0. */
  @Override
  default Bytes signingPayload(long signerChainId) {
    EthereumTypedTx tx = chainId() == 0 ? withChainId(signerChainId) : this;
    RlpWriter writer = new RlpWriter().raw(new byte[] {(byte) ethereumType()});
    writer.list(tx::writeFields);
    return writer.toBytes();
  }

  EthereumTypedTx withChainId(long newChainId);
}
