package dev.klay.client.rpc;

import dev.klay.core.service.ChainUnavailableException;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * Who waits for which receipt. Each new block's hashes are compared with those awaited; a receipt
 * is asked for when its transaction was seen, and once at the beginning.
 */
final class RemoteWaiters implements AutoCloseable, LongConsumer {
  private static final int MAX = 1 << 18;

  private final HeadWatch heads;
  private final LongFunction<CompletableFuture<List<Hash>>> hashesOfBlock;
  private final Function<Hash, CompletableFuture<Optional<Receipt>>> receipt;
  private final Map<Hash, Set<CompletableFuture<Receipt>>> waiting = new HashMap<>();
  private final Set<Hash> unanswered = new LinkedHashSet<>();
  private int count;
  private long scanned = -1;
  private long head = -1;
  private boolean scanning;
  private boolean closed;

  RemoteWaiters(
      HeadWatch heads,
      LongFunction<CompletableFuture<List<Hash>>> hashesOfBlock,
      Function<Hash, CompletableFuture<Optional<Receipt>>> receipt) {
    this.heads = heads;
    this.hashesOfBlock = hashesOfBlock;
    this.receipt = receipt;
  }

  CompletableFuture<Receipt> add(Hash transaction) {
    CompletableFuture<Receipt> future = new CompletableFuture<>();
    boolean first;
    synchronized (this) {
      if (closed || count >= MAX) {
        return CompletableFuture.failedFuture(
            new ChainUnavailableException(
                closed ? "the client is closed" : MAX + " receipts are awaited already"));
      }
      first = waiting.isEmpty();
      if (first) {
        scanned = -1; // what was in blocks before is found by the first look
      }
      waiting.computeIfAbsent(transaction, hash -> new LinkedHashSet<>(2)).add(future);
      count++;
    }
    if (first) {
      heads.add(this);
    }
    CompletableFuture<Receipt> unused =
        future.whenComplete((receipt, failure) -> forget(transaction, future));
    look(transaction);
    return future;
  }

  private void forget(Hash transaction, CompletableFuture<Receipt> future) {
    boolean last = false;
    synchronized (this) {
      Set<CompletableFuture<Receipt>> futures = waiting.get(transaction);
      if (futures != null && futures.remove(future)) {
        count--;
        if (futures.isEmpty()) {
          waiting.remove(transaction);
        }
        last = waiting.isEmpty();
      }
    }
    if (last) {
      heads.remove(this);
    }
  }

  private void look(Hash transaction) {
    var unused =
        receipt
            .apply(transaction)
            .whenComplete(
                (found, failure) -> {
                  if (failure == null) {
                    found.ifPresent(r -> complete(transaction, r));
                  } else if (RemoteBlocks.isPassing(failure)) {
                    lookLater(transaction);
                  } else {
                    futures(transaction).forEach(f -> f.completeExceptionally(failure));
                  }
                });
  }

  /** The node was away: its next answer is the time to look again. */
  private synchronized void lookLater(Hash transaction) {
    if (waiting.containsKey(transaction)) {
      unanswered.add(transaction);
    }
  }

  private void complete(Hash transaction, Receipt found) {
    futures(transaction).forEach(future -> future.complete(found));
  }

  private synchronized List<CompletableFuture<Receipt>> futures(Hash transaction) {
    Set<CompletableFuture<Receipt>> futures = waiting.get(transaction);
    return futures == null ? List.of() : new ArrayList<>(futures);
  }

  @Override
  public void accept(long number) {
    List<Hash> lookAgain;
    synchronized (this) {
      head = Math.max(head, number);
      if (scanned < 0) {
        scanned = head;
        unanswered.addAll(waiting.keySet()); // blocks up to here are not scanned
      }
      lookAgain = new ArrayList<>(unanswered);
      unanswered.clear();
    }
    lookAgain.forEach(this::look);
    scan();
  }

  private void scan() {
    long next;
    synchronized (this) {
      if (scanning || waiting.isEmpty() || scanned >= head) {
        return;
      }
      scanning = true;
      next = scanned + 1;
    }
    var unused =
        hashesOfBlock
            .apply(next)
            .whenComplete(
                (hashes, failure) -> {
                  boolean more;
                  synchronized (this) {
                    scanning = false;
                    more = failure == null && scanned == next - 1;
                    if (more) {
                      scanned = next;
                    }
                  }
                  if (failure == null) {
                    hashes.stream().filter(this::isAwaited).forEach(this::look);
                  }
                  if (more) {
                    scan(); // after a failure the next word of the head tries again
                  }
                });
  }

  private synchronized boolean isAwaited(Hash hash) {
    return waiting.containsKey(hash);
  }

  @Override
  public void close() {
    List<CompletableFuture<Receipt>> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      waiting.values().forEach(all::addAll);
    }
    all.forEach(
        f -> f.completeExceptionally(new ChainUnavailableException("the client is closed")));
  }
}
