package dev.klay.consensus.simulation;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.bft.BftMachine;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.node.MachineFactory;
import dev.klay.consensus.node.NodeLimits;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.crypto.primitive.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Runs a plan: first its faults, while every event is judged; then the network heals except for the
 * faulty validators, and blocks are demanded; then all heals, and everybody honest must arrive at
 * one head.
 */
public final class SimulationRun {
  private static final long MILLIS = 1_000_000;

  /** What the tests of the simulator itself break. */
  record Sabotage(
      MachineFactory machines,
      Consumer<SimulatedNode> tampering,
      UnaryOperator<VoteLedger> ledgers,
      UnaryOperator<Certificates> certificates) {
    static final Sabotage NONE =
        new Sabotage(BftMachine::new, node -> {}, ledger -> ledger, certificates -> certificates);

    static Sabotage of(MachineFactory machines) {
      return new Sabotage(machines, NONE.tampering, NONE.ledgers, NONE.certificates);
    }

    static Sabotage ofNodes(Consumer<SimulatedNode> tampering) {
      return new Sabotage(NONE.machines, tampering, NONE.ledgers, NONE.certificates);
    }

    static Sabotage ofLedgers(UnaryOperator<VoteLedger> ledgers) {
      return new Sabotage(NONE.machines, NONE.tampering, ledgers, NONE.certificates);
    }

    static Sabotage ofCertificates(UnaryOperator<Certificates> certificates) {
      return new Sabotage(NONE.machines, NONE.tampering, NONE.ledgers, certificates);
    }
  }

  private final SimulationPlan plan;
  private final SimulatedNetwork network;
  private final World world;

  private SimulationRun(SimulationPlan plan, Sabotage sabotage, boolean tracesText) {
    this.plan = plan;
    List<MessageSigner> signers = new ArrayList<>();
    for (int i = 0; i < plan.validators() + plan.joiners(); i++) {
      signers.add(new FakeSignatures.Signer(World.addressOf(i)));
    }
    ChainRules rules =
        new ChainRules(
            plan.periodMillis(),
            plan.emptyPeriodMillis(),
            500,
            plan.epochLength(),
            plan.policy(),
            isExtended(plan) ? weights(plan) : Map.of());
    Options options =
        new Options(
            plan.seed(),
            LightChain.GENESIS,
            plan.validators(),
            signers,
            plan.rangers(),
            rules,
            sabotage.machines(),
            NodeLimits.of(plan.validators()),
            FakeSignatures.RECOVERY,
            LightBlock.FORMAT,
            (o, signer, ballots) ->
                new LightChain(
                    rules,
                    signers.stream().limit(plan.validators()).map(s -> s.address()).toList(),
                    Optional.of(signer.address()),
                    ballots,
                    sabotage
                        .certificates()
                        .apply(new SealCheck(LightChain.GENESIS, FakeSignatures.RECOVERY))),
            sabotage.ledgers(),
            plan.encodes(),
            tracesText,
            isExtended(plan));
    network = SimulatedNetwork.of(options);
    world = network.world();
    world.nodes().forEach(sabotage.tampering());
  }

  /** Runs it. */
  public static SimulationResult run(SimulationPlan plan) {
    return run(plan, Sabotage.NONE, false);
  }

  /** Runs it and keeps the last events as text. */
  public static SimulationResult traced(SimulationPlan plan) {
    return run(plan, Sabotage.NONE, true);
  }

  static SimulationResult run(SimulationPlan plan, Sabotage sabotage, boolean tracesText) {
    return new SimulationRun(plan, sabotage, tracesText).run();
  }

  private SimulationResult run() {
    try {
      for (int i = 0; i < plan.faulty(); i++) {
        world.distrust(network.node(i));
      }
      for (PlannedFault fault : plan.faults()) {
        world
            .queue()
            .at(fault.atMillis() * MILLIS, () -> new FaultEffects(network, plan).apply(fault));
      }
      scheduleWork(0);
      safetyPhase();
      if (isClean()) {
        healPhase();
      }
      if (isClean()) {
        convergencePhase();
      }
    } catch (RuntimeException | AssertionError broken) {
      world.checker().fail("crash", world.nowMillis(), describe(broken));
    }
    return new SimulationResult(
        plan,
        world.checker().blocks(),
        network.violations(),
        network.digest(),
        network.coverage(),
        world.nowMillis(),
        world.queue().executed(),
        world.trace().last());
  }

  private static String describe(Throwable broken) {
    StackTraceElement[] stack = broken.getStackTrace();
    StringBuilder text = new StringBuilder(broken.toString());
    for (int i = 0; i < Math.min(6, stack.length); i++) {
      text.append(" at ").append(stack[i]);
    }
    return text.toString();
  }

  /**
   * Whether the run has what came after the first regression seeds: it follows from the seed
   * without a draw of the plan, and none of those seeds has it, so that they still mean what they
   * did.
   */
  private static boolean isExtended(SimulationPlan plan) {
    return Math.floorMod(plan.seed(), 5) == 0;
  }

  /** Weights of all sizes, which follow from the seed without a draw of the plan. */
  private static Map<Address, Integer> weights(SimulationPlan plan) {
    Map<Address, Integer> weights = new TreeMap<>();
    for (int i = 0; i < plan.validators() + plan.joiners(); i++) {
      int weight = 1 + (int) Long.remainderUnsigned(FakeSignatures.mix(plan.seed() + i), 5);
      weights.put(World.addressOf(i), weight);
    }
    return weights;
  }

  private boolean isClean() {
    return world.checker().violations().isEmpty();
  }

  /** Somebody always has something to put into a block, sooner or later. */
  private void scheduleWork(long number) {
    long gap = plan.periodMillis() == 0 ? 300 : 700;
    world
        .queue()
        .after(
            gap * MILLIS,
            () -> {
              world.nodes().forEach(node -> node.submit(number));
              scheduleWork(number + 1);
            });
  }

  private void safetyPhase() {
    network.runUntil(() -> !isClean(), Duration.ofMillis(plan.safetyMillis()));
  }

  private long baseTimeout() {
    return Math.max(1000, plan.periodMillis());
  }

  /** The honest validators that lost nothing heal, the faulty ones stay as they are. */
  private void healPhase() {
    List<SimulatedNode> healthy =
        world.nodes().stream()
            .filter(node -> node.index() >= plan.faulty() && !node.isLiar())
            .toList();
    heal(healthy);
    long before = highest(healthy);
    // P4: after chaos with liars the first block comes within 20 * T0
    boolean first =
        network.runUntil(
            () -> !isClean() || common(healthy) > before,
            Duration.ofMillis(20 * baseTimeout() + plan.emptyPeriodMillis()));
    if (!first) {
      world
          .checker()
          .fail("I14", world.nowMillis(), "no block after healing at " + before + states());
      return;
    }
    long target = before + plan.blocksAfter();
    int f = (plan.validators() - 1) / 3;
    long each = Math.max(plan.periodMillis(), plan.emptyPeriodMillis()) + (f + 1) * baseTimeout();
    boolean grown =
        network.runUntil(
            () -> !isClean() || common(healthy) >= target,
            Duration.ofMillis(20 * baseTimeout() + plan.blocksAfter() * each));
    if (!grown) {
      world
          .checker()
          .fail(
              "I14",
              world.nowMillis(),
              "only " + (common(healthy) - before) + " blocks" + states());
    }
  }

  private void heal(List<SimulatedNode> healthy) {
    world.faultsOver();
    for (SimulatedNode a : healthy) {
      for (SimulatedNode b : healthy) {
        world.link(a, b).heal();
      }
      a.heal();
      if (a.isStopped()) {
        a.crash();
      }
      a.start();
    }
  }

  private static long common(List<SimulatedNode> nodes) {
    return nodes.stream().mapToLong(SimulatedNode::height).min().orElse(0);
  }

  private static long highest(List<SimulatedNode> nodes) {
    return nodes.stream().mapToLong(SimulatedNode::height).max().orElse(0);
  }

  private String states() {
    StringBuilder text = new StringBuilder();
    for (SimulatedNode node : world.nodes()) {
      text.append("; ").append(node).append(node.isUp() ? " up" : " down");
      text.append(node.isStopped() ? " stopped" : "").append(node.isLiar() ? " lies" : "");
      text.append(" at ").append(node.height()).append('/').append(node.round());
    }
    return text.toString();
  }

  /** Everybody honest, those who lost their disks too, comes to one head. */
  private void convergencePhase() {
    List<SimulatedNode> honest = world.nodes().stream().filter(node -> !node.isLiar()).toList();
    heal(honest);
    long target = highest(honest);
    boolean together =
        network.runUntil(() -> !isClean() || common(honest) >= target, Duration.ofSeconds(60));
    if (!together) {
      world.checker().fail("I14", world.nowMillis(), "no common head " + target + states());
    }
    boolean validatorsLeft = honest.stream().anyMatch(n -> n.role() == NodeRole.CONSENSUS);
    if (!validatorsLeft) {
      world.checker().fail("plan", world.nowMillis(), "nobody is honest");
    }
  }
}
