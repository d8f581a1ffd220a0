package dev.klay.consensus;

import dev.klay.core.importing.ChainValue;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A chain at one moment, as a value: blocks, receipts, state, waiting transactions, time. Immutable
 * and never used up: it can be restored any number of times, in any order with others, and started
 * as a network of its own ({@link KlayNetwork.Builder#startFrom}). It holds no thread and needs no
 * closing; what snapshots have in common is in memory once.
 */
public final class Snapshot {
  private final ChainValue chain;
  private final List<SignedTx> waiting;
  private final Instant time;
  private final Optional<Address> coinbase;

  Snapshot(ChainValue chain, List<SignedTx> waiting, Instant time, Optional<Address> coinbase) {
    this.chain = chain;
    this.waiting = waiting;
    this.time = time;
    this.coinbase = coinbase;
  }

  ChainValue chain() {
    return chain;
  }

  List<SignedTx> waiting() {
    return waiting;
  }

  Optional<Address> coinbase() {
    return coinbase;
  }

  /** The number of its last block. */
  public long height() {
    return chain.head().number();
  }

  /** What the network's clock showed. */
  public Instant time() {
    return time;
  }

  @Override
  public String toString() {
    return "snapshot at " + chain.head().block();
  }
}
