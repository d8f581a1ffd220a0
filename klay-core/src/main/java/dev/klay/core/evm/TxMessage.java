package dev.klay.core.evm;

import dev.klay.core.transaction.AccessList;
import java.util.List;

/**
 * What a transaction asks of the machine, once it is accepted and its gas was paid for.
 *
 * @param message with the gas limit of the whole transaction
 * @param intrinsicGas taken before anything runs; not above the limit
 * @param floorGas used at least (EIP-7623); not above the limit
 * @param authorizations in the order of the transaction (EIP-7702)
 */
public record TxMessage(
    Message message,
    long intrinsicGas,
    long floorGas,
    AccessList accessList,
    List<Authorization> authorizations) {
  public TxMessage {
    authorizations = List.copyOf(authorizations);
    long limit = message.gas();
    if (intrinsicGas < 0 || intrinsicGas > limit || floorGas > limit) {
      throw new IllegalArgumentException(
          "the limit is " + limit + ", " + Math.max(intrinsicGas, floorGas) + " is due");
    }
  }

  /** A message without access list and authorizations. */
  public static TxMessage of(Message message, long intrinsicGas, long floorGas) {
    return new TxMessage(message, intrinsicGas, floorGas, AccessList.EMPTY, List.of());
  }
}
