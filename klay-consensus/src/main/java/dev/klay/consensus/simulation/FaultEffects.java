package dev.klay.consensus.simulation;

import dev.klay.consensus.NodeRole;
import dev.klay.core.config.Ballot;
import dev.klay.crypto.primitive.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Makes planned faults happen. */
final class FaultEffects {
  private static final long MILLIS = 1_000_000;

  private final SimulatedNetwork network;
  private final World world;
  private final SimulationPlan plan;

  FaultEffects(SimulatedNetwork network, SimulationPlan plan) {
    this.network = network;
    this.world = network.world();
    this.plan = plan;
  }

  void apply(PlannedFault fault) {
    if (world.areFaultsOver()) {
      return;
    }
    SimulatedNode node = network.node(Math.floorMod(fault.node(), world.nodes().size()));
    world.trace(node, Trace.FAULT, fault.kind().ordinal(), fault.node());
    switch (fault.kind()) {
      case SLOW_LINKS ->
          shape(fault, l -> l.latencyMillis = 1 + fault.size() * 200, l -> l.latencyMillis = 1);
      case LOSS -> shape(fault, l -> l.loss = fault.size() * 0.3, l -> l.loss = 0);
      case DUPLICATES ->
          shape(fault, l -> l.duplicates = fault.size() * 0.5, l -> l.duplicates = 0);
      case SPIKES -> shape(fault, l -> l.spikes = fault.size() * 0.1, l -> l.spikes = 0);
      case NARROW_LINKS ->
          shape(
              fault,
              l -> l.bytesPerSecond = 8000 + (long) (fault.size() * 100_000),
              l -> l.bytesPerSecond = Long.MAX_VALUE);
      case PARTITION -> cut(fault, (a, b) -> side(fault, a) != side(fault, b));
      case ONE_WAY -> cut(fault, (a, b) -> a.equals(node) && side(fault, b));
      case ISOLATION -> cut(fault, (a, b) -> a.equals(node) || b.equals(node));
      case LEADER_ISOLATION -> {
        SimulatedNode leader = nextLeader();
        cut(fault, (a, b) -> a.equals(leader) || b.equals(leader));
      }
      case BRIDGE ->
          cut(
              fault,
              (a, b) -> !a.equals(node) && !b.equals(node) && side(fault, a) != side(fault, b));
      case RING -> cut(fault, (a, b) -> !areNeighbours(a, b));
      case FLAPPING -> flap(fault, node, 0);
      case SWIZZLE -> swizzle(fault);
      case TYPED_LOSS ->
          during(
              fault,
              () -> world.loseTypes(0.1 + 0.5 * fault.size(), fault.node()),
              () -> world.loseTypes(0, 0));
      case RESET -> reset(node);
      case CRASH -> crash(node, fault.forMillis());
      case CRASH_ALL -> world.nodes().forEach(n -> crash(n, spread(fault, n, 1000)));
      case ROLLING_RESTART -> roll(fault, 0);
      case DISK_CALL_CRASH -> node.inject(Fault.crashInDiskCall(1 + (int) (fault.size() * 12)));
      case PAUSE -> node.inject(Fault.pause(Duration.ofMillis(fault.forMillis())));
      case SLOW_DISK ->
          during(fault, () -> node.slowDisk((long) (fault.size() * 2e6)), () -> node.slowDisk(200));
      case FAILING_SYNC -> stopAndRestart(fault, node, Fault.failingSync());
      case FULL_DISK -> stopAndRestart(fault, node, Fault.fullDisk());
      case SLOW_CPU ->
          during(fault, () -> node.slowCpu((long) (fault.size() * 1e6)), () -> node.slowCpu(500));
      case CLOCK_SKEW -> world.nodes().forEach(n -> skew(fault, n));
      case CLOCK_JUMP -> jump(fault, node);
      case CLOCK_FREEZE ->
          during(fault, () -> node.clock().freeze(world.now()), () -> node.clock().heal());
      case ADD_BALLOT -> castAll(Ballot.add(network.node(plan.validators()).address()));
      case REMOVE_BALLOT -> remove(network.node(fault.node()).address());
      case WIPE -> wipe(fault, node);
      case ROLLBACK -> rollBack(fault, node);
      case LOST_BLOCKS -> {
        node.loseBlocks(1 + (long) (fault.size() * 5));
        node.start();
      }
      case CORRUPT_LEDGER -> {
        node.crash();
        if (node.disk().corrupt(node.random())) {
          world.distrust(node);
        }
        later(fault.forMillis(), node::start);
      }
      default -> new LieEffects(world, plan).apply(fault, node);
    }
  }

  // Links

  private void shape(PlannedFault fault, Consumer<Link> bad, Consumer<Link> good) {
    List<Link> hit = new ArrayList<>();
    for (SimulatedNode a : world.nodes()) {
      for (SimulatedNode b : world.nodes()) {
        if (Math.floorMod(fault.node() * 31 + a.index() * 7 + b.index() * 13, 3) > 0) {
          hit.add(world.link(a, b));
        }
      }
    }
    during(fault, () -> hit.forEach(bad), () -> hit.forEach(good));
  }

  private interface Between {
    boolean isCut(SimulatedNode a, SimulatedNode b);
  }

  private void cut(PlannedFault fault, Between between) {
    List<Link> hit = new ArrayList<>();
    for (SimulatedNode a : world.nodes()) {
      for (SimulatedNode b : world.nodes()) {
        if (!a.equals(b) && between.isCut(a, b)) {
          hit.add(world.link(a, b));
        }
      }
    }
    during(fault, () -> hit.forEach(Link::cut), () -> hit.forEach(Link::mend));
  }

  private static boolean side(PlannedFault fault, SimulatedNode node) {
    return (fault.node() >> node.index() % 16 & 1) == 1;
  }

  private boolean areNeighbours(SimulatedNode a, SimulatedNode b) {
    int distance = Math.floorMod(a.index() - b.index(), world.nodes().size());
    return distance == 1 || distance == world.nodes().size() - 1;
  }

  private SimulatedNode nextLeader() {
    long highest = world.nodes().stream().mapToLong(SimulatedNode::height).max().orElse(0);
    return network.node((int) (highest % plan.validators()));
  }

  private void flap(PlannedFault fault, SimulatedNode node, int times) {
    long length = Math.max(10, fault.forMillis() / 10);
    PlannedFault once =
        new PlannedFault(0, length, PlannedFault.Kind.ISOLATION, fault.node(), fault.size());
    cut(once, (a, b) -> a.equals(node) || b.equals(node));
    if (times < 5) {
      later(2 * length, () -> flap(fault, node, times + 1));
    }
  }

  /** Nodes are cut off one by one, and come back in another order. */
  private void swizzle(PlannedFault fault) {
    SplittableRandom random = new SplittableRandom(fault.node());
    for (SimulatedNode node : world.nodes()) {
      long from = random.nextLong(fault.forMillis());
      long length = random.nextLong(1, fault.forMillis() + 1);
      PlannedFault one = new PlannedFault(0, length, PlannedFault.Kind.ISOLATION, node.index(), 0);
      later(from, () -> cut(one, (a, b) -> a.equals(node) || b.equals(node)));
    }
  }

  private void reset(SimulatedNode node) {
    for (SimulatedNode other : world.nodes()) {
      if (node.isUp() && other.isUp() && !other.address().equals(node.address())) {
        node.peerDown(node.life(), other);
        other.peerDown(other.life(), node);
        int life = node.life();
        int otherLife = other.life();
        later(5, () -> node.peerUp(life, other));
        later(5, () -> other.peerUp(otherLife, node));
      }
    }
  }

  // Machines

  private void crash(SimulatedNode node, long forMillis) {
    node.crash();
    later(forMillis, node::start);
  }

  private long spread(PlannedFault fault, SimulatedNode node, long most) {
    return Math.floorMod(fault.node() * 7919L + node.index() * 104_729L, most) + 1;
  }

  private void roll(PlannedFault fault, int index) {
    if (index < world.nodes().size() && !world.areFaultsOver()) {
      crash(network.node(index), 200);
      later(300 + fault.forMillis() / 10, () -> roll(fault, index + 1));
    }
  }

  private void stopAndRestart(PlannedFault fault, SimulatedNode node, Fault stopping) {
    node.inject(stopping);
    later(
        fault.forMillis(),
        () -> {
          node.disk().makeRoom();
          if (node.isStopped()) {
            node.crash();
            node.start();
          }
        });
  }

  private void skew(PlannedFault fault, SimulatedNode node) {
    long offset = (long) ((spread(fault, node, 400) - 200) * fault.size());
    node.clock().set(offset, (spread(fault, node, 1000) - 500) * fault.size());
  }

  /** Only a minority may be far off, or the chain's own time would be. */
  private void jump(PlannedFault fault, SimulatedNode node) {
    if (plan.validators() >= 4 && world.mayJump(node)) {
      long by = (long) ((fault.size() - 0.5) * 2 * Duration.ofHours(1).toMillis());
      node.clock().jump(fault.node() % 2 == 0 ? by : by / 1000);
    }
  }

  private void wipe(PlannedFault fault, SimulatedNode node) {
    node.wipe();
    later(fault.forMillis(), node::start);
  }

  private void rollBack(PlannedFault fault, SimulatedNode node) {
    node.backUp();
    later(
        fault.forMillis(),
        () -> {
          node.restoreBackup();
          node.start();
        });
  }

  // Membership

  private void castAll(Ballot ballot) {
    world.nodes().stream()
        .filter(node -> node.role() == NodeRole.CONSENSUS && node.index() >= plan.faulty())
        .forEach(node -> node.cast(ballot));
  }

  /** Nobody is removed whose going would leave too many faulty ones among the rest. */
  private void remove(Address target) {
    int size = network.node(plan.validators() - 1).chain().validators().size();
    if (size - 1 >= Math.max(1, 3 * plan.faulty() + 1)) {
      castAll(Ballot.remove(target));
    }
  }

  // Time

  private void during(PlannedFault fault, Runnable begin, Runnable end) {
    begin.run();
    later(fault.forMillis(), end);
  }

  /** What is due after the faults are over does not happen: healing has done it. */
  private void later(long millis, Runnable action) {
    world
        .queue()
        .after(
            millis * MILLIS,
            () -> {
              if (!world.areFaultsOver()) {
                action.run();
              }
            });
  }
}
