package dev.klay.core.txpool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The waiting transactions of one account by nonce; those in a row from the account's are ready.
 */
final class AccountTxs {
  private final TreeMap<Long, PooledTx> byNonce = new TreeMap<>(Long::compareUnsigned);
  private long nonce;
  private int ready;

  AccountTxs(long nonce) {
    this.nonce = nonce;
  }

  @Nullable PooledTx at(long txNonce) {
    return byNonce.get(txNonce);
  }

  void put(PooledTx tx) {
    byNonce.put(tx.nonce(), tx);
    extend();
  }

  void remove(long txNonce) {
    byNonce.remove(txNonce);
    long before = txNonce - nonce;
    if (before >= 0 && before < ready) {
      ready = (int) before;
    }
  }

  /** Drops what an account with this nonce has sent already; returns it. */
  List<PooledTx> advanceTo(long accountNonce) {
    long distance = accountNonce - nonce;
    nonce = accountNonce;
    ready = distance >= 0 && distance < ready ? (int) (ready - distance) : 0;
    List<PooledTx> passed = new ArrayList<>();
    while (!byNonce.isEmpty() && Long.compareUnsigned(byNonce.firstKey(), nonce) < 0) {
      passed.add(byNonce.pollFirstEntry().getValue());
    }
    extend();
    return passed;
  }

  private void extend() {
    while (byNonce.containsKey(nonce + ready)) {
      ready++;
    }
  }

  int readyCount() {
    return ready;
  }

  int queuedCount() {
    return byNonce.size() - ready;
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
