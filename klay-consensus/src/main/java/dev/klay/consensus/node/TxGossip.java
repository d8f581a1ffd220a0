package dev.klay.consensus.node;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.transport.Frame;
import dev.klay.core.execution.Rejection;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes transactions of this node's users into the pool and tells the peers, many at once when many
 * come ({@code consensus.md} section 11). The next leaders are sent them whole, all others their
 * hashes, and ask for what they lack; within one program everybody is sent them whole. What still
 * waits is told again from time to time and when a peer comes, since frames and pools may be lost.
 *
 * <p>Validators have links to each other, so what comes from one is not passed on; what comes from
 * another node is, since that may have a link to this one only.
 */
public final class TxGossip implements PeerTransactions {
  private static final int BATCH_MAX = Frame.Announcement.MAX;

  /** A batch is full with these; the last transaction may be large. */
  private static final int BATCH_BYTES = 256 << 10;

  /** Own transactions that are told again; of more, the oldest are not. */
  private static final int OWN_MAX = 4096;

  private static final long AGAIN_MILLIS = 10_000;
  private static final long NEW_PEER_MILLIS = 100;

  /** By then who has links to all has told all, and most are in a block. */
  private static final long RELAY_MILLIS = 200;

  /** To so many consensus nodes transactions go whole. */
  static final int LEADERS = 3;

  /** The node that tells and is told. */
  interface Neighbourhood {
    /** Who is connected. */
    Map<Address, NodeRole> peers();

    /** Who makes the next blocks if nothing goes wrong, the next one first. */
    List<Address> nextLeaders();

    boolean takesHashes(Address peer);

    void send(Address peer, Frame frame);

    /** Whether there are peers, or may be later: a sole validator's node may have none. */
    boolean isNetworked();

    /** There may be something to put into a block. */
    void workPending();
  }

  private final TxPool pool;
  private final Neighbourhood neighbours;
  private final long delayMillis;
  private final LongSupplier nanos;
  private final PeerHashes hashes = new PeerHashes();
  private final ConcurrentLinkedQueue<SignedTx> outgoing = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<SignedTx> relayed = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean relayScheduled = new AtomicBoolean();
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
   * @param nanos a monotonic clock
   */
  TxGossip(
      String name, TxPool pool, Neighbourhood neighbours, long delayMillis, LongSupplier nanos) {
    this.pool = pool;
    this.neighbours = neighbours;
    this.delayMillis = delayMillis;
    this.nanos = nanos;
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
  }

  private void later(Runnable task, long millis) {
    Future<?> unused = thread.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  // Peers

  void peerUp(Address peer, NodeRole role) {
    hashes.up(peer, role);
    if (againScheduled.get() || !outgoing.isEmpty()) { // or there is nothing to tell
      later(this::tellAgain, NEW_PEER_MILLIS);
    }
  }

  void peerDown(Address peer) {
    hashes.down(peer);
  }

  @Override
  public void received(Address from, List<SignedTx> transactions) {
    hashes.arrived(from, transactions);
    boolean passesOn =
        neighbours.peers().get(from) == NodeRole.RANGER && neighbours.takesHashes(from);
    for (SignedTx tx : transactions) {
      if (pool.add(tx).isEmpty() && passesOn) {
        relayed.add(tx);
      }
    }
    if (!relayed.isEmpty() && relayScheduled.compareAndSet(false, true)) {
      later(this::relay, RELAY_MILLIS);
    }
  }

  @Override
  public void announced(Address from, List<Hash> told) {
    List<Hash> wanted = hashes.announced(from, told, pool.missing(told), nanos.getAsLong());
    if (!wanted.isEmpty()) {
      neighbours.send(from, new Frame.GetTransactions(wanted));
    }
  }

  @Override
  public void asked(Address from, List<Hash> wanted) {
    List<SignedTx> found =
        wanted.stream()
            .flatMap(hash -> pool.find(hash).stream())
            .filter(tx -> hashes.pays(from, tx.encode().size()))
            .toList();
    whole(found).forEach(frame -> neighbours.send(from, frame));
  }

  // Users

  /** Takes the transaction into the pool and tells the peers; why not, if it is refused. */
  public Optional<Rejection> submit(SignedTx transaction) {
    Optional<Rejection> no = pool.addLocal(transaction);
    if (no.isEmpty()) {
      outgoing.add(transaction);
      neighbours.workPending();
      if (!neighbours.isNetworked()) {
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

  // Telling

  private synchronized void flush() {
    scheduled.set(false);
    tell(collect(outgoing), false);
    scheduleAgain();
  }

  private synchronized void relay() {
    relayScheduled.set(false);
    tell(collect(relayed), false);
    scheduleAgain();
  }

  /** Takes what is to be told for the first time. */
  private List<SignedTx> collect(ConcurrentLinkedQueue<SignedTx> queue) {
    List<SignedTx> told = new ArrayList<>();
    for (SignedTx tx = queue.poll(); tx != null; tx = queue.poll()) {
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
    collect(outgoing);
    own.keySet().removeIf(hash -> pool.find(hash).isEmpty());
    tell(List.copyOf(own.values()), true);
    scheduleAgain();
  }

  /**
   * Tells all peers, each what it is not known to have, or once more all of it: it may have lost
   * what it had.
   */
  private void tell(List<SignedTx> transactions, boolean again) {
    Map<Address, NodeRole> peers = neighbours.peers();
    Set<Address> first = again ? Set.of() : firstToHave(peers);
    List<Address> takeAll = new ArrayList<>();
    List<Address> takeHashes = new ArrayList<>();
    for (Address peer : peers.keySet()) {
      boolean isFirst = first.contains(peer);
      if (!neighbours.takesHashes(peer)) {
        takeAll.add(peer);
        continue;
      }
      List<SignedTx> news = again ? transactions : hashes.lackedBy(peer, transactions);
      hashes.told(peer, news);
      if (news.size() == transactions.size()) {
        (isFirst ? takeAll : takeHashes).add(peer);
      } else {
        send(List.of(peer), isFirst ? whole(news) : announcements(news));
      }
    }
    send(takeAll, whole(transactions));
    send(takeHashes, announcements(transactions));
  }

  /** The next leaders, or if none of them is connected, some consensus nodes. */
  private Set<Address> firstToHave(Map<Address, NodeRole> peers) {
    Set<Address> leaders = new HashSet<>(neighbours.nextLeaders());
    leaders.retainAll(peers.keySet());
    if (leaders.isEmpty()) {
      peers.entrySet().stream()
          .filter(peer -> peer.getValue() == NodeRole.CONSENSUS)
          .limit(LEADERS)
          .forEach(peer -> leaders.add(peer.getKey()));
    }
    return leaders;
  }

  private void send(List<Address> peers, List<Frame> frames) {
    for (Frame frame : frames) { // each to all before the next: it is encoded once
      peers.forEach(peer -> neighbours.send(peer, frame));
    }
  }

  private static List<Frame> whole(List<SignedTx> transactions) {
    List<Frame> frames = new ArrayList<>();
    int from = 0;
    while (from < transactions.size()) {
      int to = from;
      int bytes = 0;
      do {
        bytes += transactions.get(to).encode().size();
        to++;
      } while (to < transactions.size() && to - from < BATCH_MAX && bytes < BATCH_BYTES);
      frames.add(new Frame.Transactions(transactions.subList(from, to)));
      from = to;
    }
    return frames;
  }

  private static List<Frame> announcements(List<SignedTx> transactions) {
    List<Frame> frames = new ArrayList<>();
    for (int from = 0; from < transactions.size(); from += BATCH_MAX) {
      int to = Math.min(transactions.size(), from + BATCH_MAX);
      frames.add(
          new Frame.Announcement(
              transactions.subList(from, to).stream().map(SignedTx::hash).toList()));
    }
    return frames;
  }

  void close() {
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
