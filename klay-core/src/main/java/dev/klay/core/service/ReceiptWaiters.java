package dev.klay.core.service;

import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Who waits for which receipt. A future that its holder cancels or times out is forgotten. */
final class ReceiptWaiters {
  private static final int MAX = 1 << 18;

  private final Map<Hash, Set<CompletableFuture<Receipt>>> waiting = new HashMap<>();
  private int count;
  private boolean closed;

  CompletableFuture<Receipt> add(Hash transaction) {
    CompletableFuture<Receipt> future = new CompletableFuture<>();
    synchronized (this) {
      if (closed || count >= MAX) {
        String reason = closed ? "the node is closed" : MAX + " receipts are awaited already";
        return CompletableFuture.failedFuture(new ChainUnavailableException(reason));
      }
      waiting.computeIfAbsent(transaction, hash -> new LinkedHashSet<>(2)).add(future);
      count++;
    }
    CompletableFuture<Receipt> unused =
        future.whenComplete((receipt, failure) -> forget(transaction, future));
    return future;
  }

  private synchronized void forget(Hash transaction, CompletableFuture<Receipt> future) {
    Set<CompletableFuture<Receipt>> futures = waiting.get(transaction);
    if (futures != null && futures.remove(future)) {
      count--;
      if (futures.isEmpty()) {
        waiting.remove(transaction);
      }
    }
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Those that wait for the transaction, to be completed by the caller. */
  synchronized List<CompletableFuture<Receipt>> of(Hash transaction) {
    Set<CompletableFuture<Receipt>> futures = waiting.get(transaction);
    return futures == null ? List.of() : new ArrayList<>(futures);
  }

  void close() {
    List<CompletableFuture<Receipt>> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      waiting.values().forEach(all::addAll);
    }
    all.forEach(f -> f.completeExceptionally(new ChainUnavailableException("the node is closed")));
  }
}
