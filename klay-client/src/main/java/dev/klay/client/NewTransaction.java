package dev.klay.client;

import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;

/**
 * A transaction that lacks what an {@link Account} finds out when it sends: nonce, price and limit,
 * and who pays. Of every kind.
 *
 * <pre>{@code
 * account.send((head, fee) -> new AnchoringTx(head, fee, account.address(), data));
 * account.send((head, fee) -> new LegacyTx(head, Optional.of(friend), amount, Bytes.EMPTY));
 * }</pre>
 */
@FunctionalInterface
public interface NewTransaction {
  /**
   * The transaction with these. May be asked several times: once to estimate, with gas 0.
   *
   * @param fee to be ignored by Ethereum's types, which the sender pays
   */
  Tx with(TxHead head, FeeDelegation fee);
}
