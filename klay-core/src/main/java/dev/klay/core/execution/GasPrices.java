package dev.klay.core.execution;

import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxType;
import dev.klay.crypto.primitive.Amount;
import java.util.Optional;

/** What a unit of gas costs and which offers are taken ({@code klaytn-fees.md} sections 3, 4). */
public final class GasPrices {
  private GasPrices() {}

  /** What the transaction is charged for a unit of gas. */
  public static Amount effective(Tx tx, BlockRules rules, Amount baseFee) {
    if (rules.has(Fork.KAIA)) {
      if (tx.gasPrice().isLessThan(baseFee)) {
        return tx.gasPrice();
      }
      // Compared this way round because base fee and tip together may exceed 256 bits.
      Amount tip = tx.priorityPrice();
      return tip.isLessThan(tx.gasPrice().minus(baseFee)) ? baseFee.plus(tip) : tx.gasPrice();
    }
    return rules.has(Fork.MAGMA) ? baseFee : tx.gasPrice();
  }

  /** Why the price that a transaction offers is refused, empty if it is taken. */
  public static Optional<Rejection> check(Tx tx, BlockRules rules, Amount baseFee) {
    if (tx.gasPrice().isLessThan(tx.priorityPrice())) {
      return refuse(RejectionReason.TIP_ABOVE_FEE_CAP, tx.priorityPrice(), tx.gasPrice());
    }
    if (rules.has(Fork.MAGMA)) {
      return tx.gasPrice().isLessThan(baseFee)
          ? refuse(RejectionReason.PRICE_BELOW_BASE_FEE, tx.gasPrice(), baseFee)
          : Optional.empty();
    }
    return checkFixed(tx, rules.parameters().unitPrice());
  }

  private static Optional<Rejection> checkFixed(Tx tx, Amount unitPrice) {
    boolean dynamic = tx.type() == TxType.DYNAMIC_FEE; // type 4 comes after Magma
    if (dynamic && !tx.priorityPrice().equals(unitPrice)) {
      return refuse(RejectionReason.INVALID_TIP_CAP, tx.priorityPrice(), unitPrice);
    }
    if (!tx.gasPrice().equals(unitPrice)) {
      return refuse(
          dynamic ? RejectionReason.INVALID_FEE_CAP : RejectionReason.INVALID_UNIT_PRICE,
          tx.gasPrice(),
          unitPrice);
    }
    return Optional.empty();
  }

  private static Optional<Rejection> refuse(RejectionReason reason, Amount offered, Amount due) {
    return Optional.of(new Rejection(reason, "offered " + offered + ", due " + due));
  }
}
