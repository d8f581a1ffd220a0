package dev.klay.consensus.simulation;

import java.time.Duration;
import java.util.List;

/** Makes validators lie as planned. */
final class LieEffects {
  private final World world;
  private final SimulationPlan plan;

  LieEffects(World world, SimulationPlan plan) {
    this.world = world;
    this.plan = plan;
  }

  void apply(PlannedFault fault, SimulatedNode node) {
    long millis = (long) (fault.size() * 2000);
    switch (fault.kind()) {
      case EQUIVOCATION ->
          node.behave(new Lies.Equivocates(2 + (int) (fault.size() * 2), false, 0));
      case INVALID_BLOCKS -> node.inject(Fault.invalidBlocks());
      case SHIFTED_TIME ->
          node.inject(Fault.shiftedTime(Duration.ofMillis((long) (fault.size() * 1400) - 200)));
      case SILENCE -> node.inject(Fault.silence());
      case PARTIAL_SILENCE -> node.behave(new Lies.Silent((long) (fault.size() * (1 << 16))));
      case LATENESS -> node.inject(Fault.lateness(Duration.ofMillis(millis)));
      case DRIPPING -> node.inject(Fault.dripping(Duration.ofMillis(millis)));
      case VOTE_SPLITTING -> node.behave(new Lies.SplitsVotes(fault.size() < 0.7));
      case FALSE_CLAIMS -> node.behave(new Lies.FalseClaims(fault.size() < 0.5));
      case IGNORED_LOCKS -> node.behave(new Lies.IgnoresLocks());
      case MUTATION -> node.inject(Fault.mutation(0.1 + 0.9 * fault.size()));
      case FLOODING -> node.inject(Fault.flooding());
      case FALSE_SYNC -> node.behave(new Lies.SyncLies((int) (fault.size() * 4)));
      case CHANGING ->
          node.behave(
              new Lies.Changes(
                  List.of(
                      new Lies.Silent(-1),
                      new Lies.Equivocates(2, false, 0),
                      new Lies.SplitsVotes(true),
                      new Lies.Mutates(0.5, 3),
                      new Lies.Late(1500, false),
                      (liar, to, frame) -> Behaviour.Delivery.now(frame))));
      case CONSPIRACY -> world.conspiracy().join(node);
      case TWINS -> twin(fault, node, false);
      case TWIN_MEETING -> twin(fault, node, true);
      case FORGETFULNESS -> node.inject(Fault.forgetfulness());
      default -> throw new AssertionError("a fault that nobody makes happen: " + fault.kind());
    }
  }

  /** A second process with the same key; who reaches which of them is drawn for every round. */
  private void twin(PlannedFault fault, SimulatedNode node, boolean theyMeet) {
    long seed = plan.seed() * 31 + (long) (fault.size() * 1_000_003);
    node.behave((liar, to, frame) -> Behaviour.Delivery.now(frame));
    SimulatedNode twin = world.addProcess(node.role(), node.signer());
    twin.behave((liar, to, frame) -> Behaviour.Delivery.now(frame));
    world.twins().pair(node, twin);
    world
        .twins()
        .split(
            (other, height, round) ->
                (FakeSignatures.mix(seed + other * 31L + height * 1009 + round * 7L) & 1) == 0);
    if (theyMeet) {
      world.twins().unfiltered(node);
      world.twins().unfiltered(twin);
    }
    twin.trust();
    twin.start();
  }
}
