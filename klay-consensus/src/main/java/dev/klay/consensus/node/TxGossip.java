package dev.klay.consensus.node;

import dev.klay.consensus.transport.Frame;
import dev.klay.core.execution.Rejection;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes transactions of this node's users into the pool and tells the peers, many at once when many
 * come. Peers do not pass them on: every node has a link to every other. What still waits is told
 * again from time to time and when a peer comes, since frames and pools may be lost.
 */
public final class TxGossip {
  private static final int BATCH_MAX = 256;

  /** A batch is full with these; the last transaction may be large. */
  private static final int BATCH_BYTES = 256 << 10;

  /** Own transactions that are told again; of more, the oldest are not. */
  private static final int OWN_MAX = 4096;

  private static final long AGAIN_MILLIS = 10_000;
  private static final long NEW_PEER_MILLIS = 100;

  private final TxPool pool;
  private final NodeDriver driver;
  private final long delayMillis;
  private final ConcurrentLinkedQueue<SignedTx> outgoing = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean againScheduled = new AtomicBoolean();
  private final AtomicLong sentAlone = new AtomicLong();

  /** What was told and may still wait. Under this object's lock. */
  private final Map<Hash, SignedTx> own = new LinkedHashMap<>();

  private final ScheduledThreadPoolExecutor thread;
  private volatile @Nullable Thread started;

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
              started = created;
              return created;
            });
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    thread.setKeepAliveTime(1, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
    driver.onPeerUp(
        () -> {
          if (againScheduled.get() || !outgoing.isEmpty()) { // or there is nothing to tell
            later(this::tellAgain, NEW_PEER_MILLIS);
          }
        });
  }

  private void later(Runnable task, long millis) {
    Future<?> unused = thread.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /** Takes the transaction into the pool and tells the peers; why not, if it is refused. */
  public Optional<Rejection> submit(SignedTx transaction) {
    Optional<Rejection> no = pool.addLocal(transaction);
    if (no.isEmpty()) {
      outgoing.add(transaction);
      driver.workPending();
      if (!driver.isNetworked()) {
        keepWaiting();
      } else if (scheduled.compareAndSet(false, true)) {
        later(this::flush, delayMillis);
      }
    }
    return no;
  }

  /** While there is nobody to tell, only what is in no block yet is kept for who may come. */
  private void keepWaiting() {
    if (sentAlone.incrementAndGet() % BATCH_MAX == 0) {
      outgoing.removeIf(tx -> pool.find(tx.hash()).isEmpty());
    }
  }

  /**
   * Tells nobody of what came before: the chain was replaced, and the pool is empty or filled anew.
   * Frames that leave after this are of the new chain. Any thread may call.
   */
  public synchronized void forget() {
    own.clear();
  }

  private synchronized void flush() {
    scheduled.set(false);
    tell(collect());
    scheduleAgain();
  }

  /** Takes what is to be told for the first time. */
  private List<SignedTx> collect() {
    List<SignedTx> told = new ArrayList<>();
    for (SignedTx tx = outgoing.poll(); tx != null; tx = outgoing.poll()) {
      if (pool.find(tx.hash()).isPresent()) { // or it is in a block, or of a chain that was left
        told.add(tx);
        own.put(tx.hash(), tx);
      }
    }
    Iterator<Hash> oldest = own.keySet().iterator();
    while (own.size() > OWN_MAX) {
      oldest.next();
      oldest.remove();
    }
    return told;
  }

  private void scheduleAgain() {
    if (!own.isEmpty() && againScheduled.compareAndSet(false, true)) {
      later(
          () -> {
            againScheduled.set(false);
            tellAgain();
          },
          AGAIN_MILLIS);
    }
  }

  private synchronized void tellAgain() {
    collect();
    own.keySet().removeIf(hash -> pool.find(hash).isEmpty());
    tell(List.copyOf(own.values()));
    scheduleAgain();
  }

  private void tell(List<SignedTx> transactions) {
    int from = 0;
    while (from < transactions.size()) {
      int to = from;
      int bytes = 0;
      do {
        bytes += transactions.get(to).encode().size();
        to++;
      } while (to < transactions.size() && to - from < BATCH_MAX && bytes < BATCH_BYTES);
      driver.gossip(new Frame.Transactions(transactions.subList(from, to)));
      from = to;
    }
  }

  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(1, TimeUnit.SECONDS);
      Thread last = started;
      if (last != null) {
        last.join(TimeUnit.SECONDS.toMillis(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
