package dev.klay.consensus.node;

import dev.klay.consensus.transport.Frame;
import dev.klay.core.execution.Rejection;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.txpool.TxPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes transactions of this node's users into the pool and tells the peers, many at once when many
 * come. Peers do not pass them on: every node has a link to every other.
 */
public final class TxGossip {
  private static final int BATCH_MAX = 256;
  private final TxPool pool;
  private final NodeDriver driver;
  private final long delayMillis;
  private final ConcurrentLinkedQueue<SignedTx> outgoing = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor thread;

  /**
   * A gossip that stands still while there is nothing to tell.
   *
   * @param delayMillis how long transactions are collected before they are sent together
   */
  public TxGossip(String name, TxPool pool, NodeDriver driver, long delayMillis) {
    this.pool = pool;
    this.driver = driver;
    this.delayMillis = delayMillis;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, "klay-" + name + "-gossip");
              created.setDaemon(true);
              return created;
            });
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    thread.setKeepAliveTime(1, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  /** Takes the transaction into the pool and tells the peers; why not, if it is refused. */
  public Optional<Rejection> submit(SignedTx transaction) {
    Optional<Rejection> no = pool.addLocal(transaction);
    if (no.isEmpty()) {
      outgoing.add(transaction);
      driver.workPending();
      if (driver.peerCount() > 0 && scheduled.compareAndSet(false, true)) {
        Future<?> unused = thread.schedule(this::flush, delayMillis, TimeUnit.MILLISECONDS);
      }
    }
    return no;
  }

  private void flush() {
    scheduled.set(false);
    List<SignedTx> batch = new ArrayList<>();
    for (SignedTx tx = outgoing.poll(); tx != null; tx = outgoing.poll()) {
      batch.add(tx);
      if (batch.size() == BATCH_MAX) {
        driver.gossip(new Frame.Transactions(batch));
        batch = new ArrayList<>();
      }
    }
    if (!batch.isEmpty()) {
      driver.gossip(new Frame.Transactions(batch));
    }
  }

  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
