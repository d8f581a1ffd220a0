package dev.klay.core.transaction;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/**
 * Klaytn's own transactions: they name their sender, may be signed by several keys, and may leave
 * the fee to somebody else.
 */
public sealed interface KlaytnTx extends Tx
    permits ValueTransferTx, MemoTx, AccountUpdateTx, DeployTx, ExecutionTx, CancelTx, AnchoringTx {
  TxHead head();

  FeeDelegation feeDelegation();

  /** The sender; need not be derivable from the keys that sign. */
  Address from();

  @Override
  default long nonce() {
    return head().nonce();
  }

  @Override
  default Amount gasPrice() {
    return head().gasPrice();
  }

  @Override
  default long gas() {
    return head().gas();
  }

  @Override
  default Optional<Address> to() {
    return Optional.empty();
  }

  @Override
  default Amount value() {
    return Amount.ZERO;
  }

  @Override
  default Bytes input() {
    return Bytes.EMPTY;
  }

  @Override
  default Bytes signingPayload(long chainId) {
    Bytes inner = innerPayload();
    return RlpWriter.encodeList(w -> w.bytes(inner).integer(chainId).integer(0).integer(0));
  }

  /** The digest that a fee payer signs: the sender's fields and the payer's own address. */
  default Hash feePayerSigningHash(Address feePayer, long chainId) {
    return Keccak256.hash(feePayerSigningPayload(feePayer, chainId));
  }

  /** The bytes under {@link #feePayerSigningHash}. */
  default Bytes feePayerSigningPayload(Address feePayer, long chainId) {
    Bytes inner = innerPayload();
    return RlpWriter.encodeList(
        w -> w.bytes(inner).address(feePayer).integer(chainId).integer(0).integer(0));
  }

  private Bytes innerPayload() {
    return RlpWriter.encodeList(
        w -> {
          w.integer(type().code());
          writeFields(w);
        });
  }

  /** The ratio field, where the type has one. */
  default void writeRatio(RlpWriter writer) {
    if (feeDelegation().explicitRatio()) {
      writer.integer(feeDelegation().ratioPercent());
    }
  }
}
