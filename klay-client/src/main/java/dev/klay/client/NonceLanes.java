package dev.klay.client;

import dev.klay.core.service.Await;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainService;
import dev.klay.crypto.primitive.Address;
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
   * Does something with the account's next nonce while nobody else does: signs and submits one
   * transaction with it, or several with those that follow.
   */
  <T> T inLane(Address sender, LongFunction<T> work) {
    Object lock = locks.computeIfAbsent(sender.hashCode() & (LANES - 1), i -> new Object());
    synchronized (lock) {
      return work.apply(Await.of(service.nonce(sender, BlockRef.PENDING)));
    }
  }
}
