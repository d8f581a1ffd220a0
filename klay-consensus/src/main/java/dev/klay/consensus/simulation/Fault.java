package dev.klay.consensus.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that goes wrong on one node, for {@link SimulatedNode#inject}. Those that lie make the
 * node's validator one of the faulty ones, of which a chain of N validators bears (N-1)/3.
 */
public final class Fault {
  private final String name;
  private final Consumer<SimulatedNode> effect;

  private Fault(String name, Consumer<SimulatedNode> effect) {
    this.name = name;
    this.effect = effect;
  }

  void applyTo(SimulatedNode node) {
    effect.accept(node);
  }

  private static Fault lie(String name, Behaviour behaviour) {
    return new Fault(name, node -> node.behave(behaviour));
  }

  // Validators that lie

  /** As a leader shows different blocks to different nodes. */
  public static Fault equivocation() {
    return lie("equivocation", new Lies.Equivocates(2, false, 0));
  }

  /** As a leader shows a wrong block to some nodes. */
  public static Fault invalidBlocks() {
    return lie("invalid blocks", new Lies.Equivocates(2, true, 0));
  }

  /** Proposes blocks of the future, or of the past where negative. */
  public static Fault shiftedTime(Duration by) {
    return lie("shifted time", new Lies.Equivocates(1, false, by.toMillis()));
  }

  /** Never answers. */
  public static Fault silence() {
    return lie("silence", new Lies.Silent(-1L));
  }

  /** Answers some nodes only. */
  public static Fault silenceTo(List<Integer> nodes) {
    long mask = nodes.stream().mapToLong(i -> 1L << i).reduce(0, (a, b) -> a | b);
    return lie("silence to " + nodes, new Lies.Silent(mask));
  }

  /** Sends everything this much too late. */
  public static Fault lateness(Duration by) {
    return lie("lateness", new Lies.Late(by.toMillis(), false));
  }

  /** Sends everything at some time within this. */
  public static Fault dripping(Duration within) {
    return lie("dripping", new Lies.Late(within.toMillis(), true));
  }

  /** Shows its votes to one node and hides them from the others. */
  public static Fault voteSplitting() {
    return lie("vote splitting", new Lies.SplitsVotes(true));
  }

  /** Changes a share of its messages a little, differently for each receiver. */
  public static Fault mutation(double rate) {
    return lie("mutation", new Lies.Mutates(rate, 3));
  }

  /** Sends many votes for rounds and heights that nobody is at. */
  public static Fault flooding() {
    return lie("flooding", new Lies.Floods(8));
  }

  /** Answers those who catch up with wrong blocks. */
  public static Fault falseSync() {
    return lie("false sync", new Lies.SyncLies(3));
  }

  /** Votes as if it had never signed anything, after losing its ledger. */
  public static Fault forgetfulness() {
    return new Fault(
        "forgetfulness",
        node -> {
          node.behave((liar, to, frame) -> Behaviour.Delivery.now(frame));
          node.crash();
          node.disk().wipe();
          node.trust();
          node.start();
        });
  }

  // Machines that fail

  /** The process ends and is started again later. */
  public static Fault crash(Duration until) {
    return new Fault(
        "crash",
        node -> {
          node.crash();
          node.world().queue().after(until.toNanos(), node::start);
        });
  }

  /** The machine stops at one of its next disk calls, and is started again. */
  public static Fault crashInDiskCall(int withinCalls) {
    return new Fault("crash in a disk call", node -> node.disk().crashWithin(withinCalls));
  }

  /** The process stands still, as in a long collection of garbage. */
  public static Fault pause(Duration duration) {
    return new Fault("pause", node -> node.pause(duration));
  }

  /** Every sync of the disk takes so long. */
  public static Fault slowDisk(Duration sync) {
    return new Fault("slow disk", node -> node.slowDisk(sync.toNanos() / 1000));
  }

  /** Building and executing a block takes so long. */
  public static Fault slowCpu(Duration block) {
    return new Fault("slow cpu", node -> node.slowCpu(block.toNanos() / 1000));
  }

  /** The next sync fails; the node must stop voting. */
  public static Fault failingSync() {
    return new Fault("failing sync", node -> node.disk().failNextSync());
  }

  /** The disk is full; the node must stop voting. */
  public static Fault fullDisk() {
    return new Fault("full disk", node -> node.disk().fill());
  }

  /** The wall clock is off by this. */
  public static Fault clockJump(Duration by) {
    return new Fault("clock jump", node -> node.clock().jump(by.toMillis()));
  }

  /** The data directory is lost; the node comes back empty. */
  public static Fault wipedDisk() {
    return new Fault(
        "wiped disk",
        node -> {
          node.wipe();
          node.start();
        });
  }

  @Override
  public String toString() {
    return name;
  }
}
