package dev.klay.consensus;

import dev.klay.consensus.node.Hold;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.importing.ChainValue;
import dev.klay.core.service.ChainUnavailableException;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The nodes of a development network, whose chains are replaced together: all stand still, are
 * given the new chain and go on as after a restart. Its methods are called one after the other.
 */
final class HeldNodes implements Chain.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Those that run. */
  private final List<KlayNode> nodes = new CopyOnWriteArrayList<>();

  HeldNodes(List<KlayNode> nodes) {
    nodes.forEach(this::add);
  }

  private void add(KlayNode node) {
    node.chain().addListener(this);
    nodes.add(node);
  }

  /** The nodes that run, in the order in which they came. */
  List<KlayNode> nodes() {
    return nodes;
  }

  /** A node is about to end; the others go on without it. */
  void leaves(KlayNode node) {
    nodes.remove(node);
    synchronized (this) {
      notifyAll(); // nobody waits for its blocks any more
    }
  }

  /**
   * Starts a node while the others stand still, and puts it where they are: it could not follow
   * them to a state that was adjusted.
   */
  KlayNode comesBack(Supplier<KlayNode> start) {
    List<KlayNode> started = new ArrayList<>();
    whileHeld(
        nodes,
        () -> {
          ChainValue now = farthest().value();
          List<SignedTx> waiting = waiting();
          KlayNode node = start.get();
          started.add(node);
          whileHeld(started, () -> put(node, now, waiting));
        });
    add(started.get(0));
    return started.get(0);
  }

  private static void put(KlayNode node, ChainValue value, List<SignedTx> waiting) {
    node.chain().restore(value);
    node.restartPool(waiting);
  }

  /** What the state behind the last block becomes, and how much KLAY is in it. */
  record Adjusted(WorldState state, Amount supply) {}

  /** Makes one state of another. */
  interface Adjustment {
    Adjusted of(ChainHead head);
  }

  /** The chain of the node that is farthest. */
  Chain farthest() {
    return nodes.stream()
        .map(KlayNode::chain)
        .max(Comparator.comparingLong(chain -> chain.head().number()))
        .orElseThrow();
  }

  /** What waits in any pool. */
  List<SignedTx> waiting() {
    Set<SignedTx> all = new LinkedHashSet<>();
    nodes.forEach(node -> all.addAll(node.pool().all()));
    return new ArrayList<>(all);
  }

  /**
   * Puts all nodes on that chain, with these transactions in their pools.
   *
   * @param around what else is set back while no node makes a block
   */
  void restore(ChainValue value, List<SignedTx> waiting, Runnable around) {
    whileHeld(
        nodes,
        () -> {
          around.run();
          nodes.forEach(node -> put(node, value, waiting));
        });
  }

  /** Changes the state behind the last block on all nodes. */
  void adjust(Adjustment adjustment) {
    whileHeld(
        nodes,
        () -> {
          ChainValue before = farthest().value();
          Adjusted after = adjustment.of(before.head());
          List<SignedTx> waiting = waiting();
          for (KlayNode node : nodes) {
            if (node.chain().head().number() < before.head().number()) {
              node.chain().restore(before);
            }
            node.chain().adjust(after.state(), after.supply());
            node.restartPool(waiting);
          }
        });
  }

  private static void whileHeld(List<KlayNode> nodes, Runnable change) {
    Hold hold = new Hold(nodes.size());
    nodes.forEach(node -> node.driver().hold(hold));
    boolean standing = hold.awaitAll(PATIENCE);
    try {
      if (!standing) {
        throw new ChainUnavailableException("a node of the network is closed or does not answer");
      }
      change.run();
      nodes.forEach(node -> node.driver().forgetFrames());
    } finally {
      hold.release(standing);
    }
  }

  /** Makes one block more than there are, and waits until every node has it. */
  void mine() {
    long height = farthest().head().number() + 1;
    awaitAll(height - 1);
    shareWaiting();
    nodes.forEach(node -> node.driver().demandBlock(height));
    awaitAll(height);
  }

  /** What waits at one node may still be on its way to the one that makes the block. */
  private void shareWaiting() {
    if (nodes.size() > 1) {
      List<SignedTx> waiting = waiting();
      nodes.forEach(node -> waiting.forEach(node.pool()::add));
    }
  }

  private synchronized void awaitAll(long height) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (nodes.stream().anyMatch(node -> node.chain().head().number() < height)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new ChainUnavailableException(
            "block " + height + " was not made within " + PATIENCE.toSeconds() + " s");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ChainUnavailableException("interrupted while block " + height + " was awaited");
      }
    }
  }

  @Override
  public void imported(ChainHead head, StoredBlock block) {
    synchronized (this) {
      notifyAll();
    }
  }

  void demandBlock() {
    long height = farthest().head().number() + 1;
    nodes.forEach(node -> node.driver().demandBlock(height));
  }

  /** Lets the nodes look at what waits. */
  void wake() {
    nodes.forEach(node -> node.driver().workPending());
  }
}
