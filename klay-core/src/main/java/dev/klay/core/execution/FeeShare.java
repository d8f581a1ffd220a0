package dev.klay.core.execution;

import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Amount;

/**
 * How a fee is split between the sender and the fee payer; together they are the fee.
 *
 * @param sender zero if somebody else pays all
 * @param payer of the account that {@link SignedTx#payer} names: all, if there is no other
 */
record FeeShare(Amount sender, Amount payer) {
  /** The shares of an amount: the fee payer's ratio rounded down, and the rest. */
  static FeeShare of(Tx tx, Amount fee) {
    int percent = payerPercent(tx);
    if (percent == 100) {
      return new FeeShare(Amount.ZERO, fee);
    }
    Amount ofPayer = fee.times(percent).dividedBy(100);
    return new FeeShare(fee.minus(ofPayer), ofPayer);
  }

  /** The part of {@link SignedTx#payer} in percent: 100 unless sender and fee payer share. */
  static int payerPercent(Tx tx) {
    return tx.type().hasFeeRatio() && tx instanceof KlaytnTx klaytn
        ? klaytn.feeDelegation().ratioPercent()
        : 100;
  }
}
