package dev.klay.core.txpool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The waiting transactions of one account by nonce; those in a row from the account's are ready.
 */
final class AccountTxs {
  private final TreeMap<Long, PooledTx> byNonce = new TreeMap<>(Long::compareUnsigned);
  private long nonce;
  private int ready;
  private int readySlots;
  private int slots;
  private boolean kept;

  AccountTxs(long nonce) {
    this.nonce = nonce;
  }

  /** Its owner submits here, and the pool keeps that. */
  void keep() {
    kept = true;
  }

  boolean isKept() {
    return kept;
  }

  @Nullable PooledTx at(long txNonce) {
    return byNonce.get(txNonce);
  }

  /** Adds a transaction, in place of the one with its nonce. */
  void put(PooledTx tx) {
    PooledTx old = byNonce.put(tx.nonce(), tx);
    slots += tx.slots();
    if (old != null) {
      slots -= old.slots();
      readySlots += isReady(tx.nonce()) ? tx.slots() - old.slots() : 0;
    }
    extend();
  }

  void remove(long txNonce) {
    if (isReady(txNonce)) {
      truncate(txNonce);
    }
    PooledTx removed = byNonce.remove(txNonce);
    slots -= removed == null ? 0 : removed.slots();
  }

  private boolean isReady(long txNonce) {
    long distance = txNonce - nonce;
    return distance >= 0 && distance < ready;
  }

  /** From this nonce on nothing is ready any more. */
  private void truncate(long txNonce) {
    for (long n = txNonce; n != nonce + ready; n++) {
      readySlots -= existing(n).slots();
    }
    ready = (int) (txNonce - nonce);
  }

  private PooledTx existing(long txNonce) {
    return Objects.requireNonNull(byNonce.get(txNonce), "a ready transaction is missing");
  }

  /** Drops what an account with this nonce has sent already; returns it. */
  List<PooledTx> advanceTo(long accountNonce) {
    nonce = accountNonce;
    ready = 0;
    readySlots = 0;
    List<PooledTx> passed = new ArrayList<>();
    while (!byNonce.isEmpty() && Long.compareUnsigned(byNonce.firstKey(), nonce) < 0) {
      PooledTx sent = byNonce.pollFirstEntry().getValue();
      slots -= sent.slots();
      passed.add(sent);
    }
    extend();
    return passed;
  }

  private void extend() {
    PooledTx next = byNonce.get(nonce + ready);
    while (next != null) {
      ready++;
      readySlots += next.slots();
      next = byNonce.get(nonce + ready);
    }
  }

  int readyCount() {
    return ready;
  }

  int queuedCount() {
    return byNonce.size() - ready;
  }

  int readySlots() {
    return readySlots;
  }

  int queuedSlots() {
    return slots - readySlots;
  }

  /** The one that must go first, so that the others stay ready. */
  PooledTx lastReady() {
    return existing(nonce + ready - 1);
  }

  /** The one with the highest nonce. */
  PooledTx last() {
    return byNonce.lastEntry().getValue();
  }

  boolean isEmpty() {
    return byNonce.isEmpty();
  }

  /** The nonce that a next transaction of the account should have. */
  long nextNonce() {
    return nonce + ready;
  }

  /** Whether a transaction with this nonce would be ready, or make others ready. */
  boolean fills(long txNonce) {
    return txNonce == nextNonce();
  }

  List<PooledTx> readyTxs() {
    List<PooledTx> result = new ArrayList<>(ready);
    for (Map.Entry<Long, PooledTx> entry : byNonce.entrySet()) {
      if (result.size() == ready) {
        break;
      }
      result.add(entry.getValue());
    }
    return result;
  }

  List<PooledTx> queuedTxs() {
    return new ArrayList<>(byNonce.tailMap(nonce + ready, true).values());
  }

  List<PooledTx> all() {
    return new ArrayList<>(byNonce.values());
  }
}
