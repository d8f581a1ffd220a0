package dev.klay.core.txpool;

import dev.klay.core.transaction.SignedTx;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * The transactions that a block could take, in the order of their nonces for each account, and
 * between accounts in an order of the pool's. Not thread-safe; what it iterates never changes.
 */
final class Candidates implements Iterator<SignedTx> {
  private final PriorityQueue<Lane> lanes;

  /**
   * Candidates of several accounts.
   *
   * @param ready of each account at least one
   * @param order between the next ones of two accounts
   */
  Candidates(List<List<PooledTx>> ready, Comparator<PooledTx> order) {
    lanes = new PriorityQueue<>(Comparator.comparing(Lane::next, order));
    ready.forEach(txs -> lanes.add(new Lane(txs)));
  }

  /** One account's. */
  private static final class Lane {
    private final List<PooledTx> txs;
    private int position;

    Lane(List<PooledTx> txs) {
      this.txs = txs;
    }

    PooledTx next() {
      return txs.get(position);
    }

    boolean advance() {
      position++;
      return position < txs.size();
    }
  }

  @Override
  public boolean hasNext() {
    return !lanes.isEmpty();
  }

  @Override
  public SignedTx next() {
    Lane lane = lanes.poll();
    if (lane == null) {
      throw new NoSuchElementException();
    }
    SignedTx tx = lane.next().tx();
    if (lane.advance()) {
      lanes.add(lane);
    }
    return tx;
  }
}
