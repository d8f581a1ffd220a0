package dev.klay.core.transaction;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/**
 * What a transaction says, before anybody signed it. Immutable.
 *
 * <pre>{@code
 * SignedTx signed =
 *     NewTx.valueTransfer().from(me).to(friend).value(Amount.klay("1"))
 *         .nonce(0).gasPrice(Amount.ston(25)).gas(21_000)
 *         .sign(chainId, key);
 * }</pre>
 */
public sealed interface Tx permits LegacyTx, KlaytnTx, EthereumTypedTx {
  TxType type();

  /** Unsigned 64 bits. */
  long nonce();

  /** The most that is offered for a unit of gas; type 2's {@code maxFeePerGas}. */
  Amount gasPrice();

  /** The most that is offered to the proposer for a unit of gas. */
  default Amount priorityPrice() {
    return gasPrice();
  }

  /** The limit of the gas that may be used. */
  long gas();

  /** Empty where a contract is created, and for the kinds without recipient. */
  Optional<Address> to();

  Amount value();

  /** Calldata, init code, memo or anchored data; empty where the kind has none. */
  Bytes input();

  /** The fields in front of the signatures, in their order on the wire. */
  void writeFields(RlpWriter writer);

  /** The digest that the sender signs ({@code klaytn-transactions.md} section 4). */
  default Hash signingHash(long chainId) {
    return Keccak256.hash(signingPayload(chainId));
  }

  /** The bytes under {@link #signingHash}. */
  Bytes signingPayload(long chainId);
}
