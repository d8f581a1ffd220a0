package dev.klay.client;

import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * Gives each account's transactions their nonces, one at a time: the next is signed only when the
 * pool took the one before, so a refused one leaves no gap.
 */
final class NonceLanes {
  /** Accounts whose lock objects are kept; beyond it accounts share. */
  private static final int LANES = 1024;

  private final ChainService service;
  private final Map<Integer, Object> locks = new ConcurrentHashMap<>();

  NonceLanes(ChainService service) {
    this.service = service;
  }

  /**
   * Signs with the account's next nonce and submits.
   *
   * @throws TransactionRejectedException if the chain does not take it
   */
  Hash submit(Address sender, LongFunction<SignedTx> signing) {
    Object lock = locks.computeIfAbsent(sender.hashCode() & (LANES - 1), i -> new Object());
    synchronized (lock) {
      long nonce = Await.of(service.nonce(sender, BlockRef.PENDING));
      return Await.of(service.submit(signing.apply(nonce)));
    }
  }
}
