package dev.klay.consensus.rpc;

import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Hash;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Hands transactions to the chain. Where a block is made as soon as there is a transaction, the
 * answer comes when it is final and can be read: tools ask for the receipt at once.
 */
public final class Submission {
  private final RpcChain chain;
  private final BooleanSupplier sealsAtOnce;

  /**
   * A submission.
   *
   * @param sealsAtOnce whether a transaction that is ready is in a block before long
   */
  public Submission(RpcChain chain, BooleanSupplier sealsAtOnce) {
    this.chain = chain;
    this.sealsAtOnce = sealsAtOnce;
  }

  /**
   * Hands a transaction over.
   *
   * @return its hash; fails with {@code TransactionRejectedException}
   */
  public CompletableFuture<Hash> submit(SignedTx tx) {
    if (!sealsAtOnce.getAsBoolean()) {
      return chain.service().submit(tx);
    }
    CompletableFuture<Receipt> finality = chain.service().awaitFinal(tx.hash());
    return chain
        .service()
        .submit(tx)
        .whenComplete(
            (hash, failure) -> {
              if (failure != null || isHeldBack(tx)) {
                finality.cancel(false);
              }
            })
        .thenCompose(hash -> finality.handle((receipt, noReceipt) -> hash));
  }

  /** Whether it waits for an earlier nonce; then nobody knows how long. */
  private boolean isHeldBack(SignedTx tx) {
    return chain.pool().find(tx.hash()).isPresent()
        && Long.compareUnsigned(chain.pool().nextNonce(tx.sender()), tx.tx().nonce()) <= 0;
  }
}
