package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.bft.Commit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small worlds in which nothing is left to chance: every way to part four validators and a twin in
 * three rounds whose commits arrive or do not, and every call to the disk as the last one before a
 * crash. A build takes a sample of the former; {@code -Dklay.exhaustive=true} takes all.
 */
@Tag("simulation")
class ExhaustiveTest {
  private static final int VALIDATORS = 4;
  private static final int ROUNDS = 3;
  private static final int HEIGHTS = 12;

  /** Two groups of the other three validators and of the second twin, as seen by the first one. */
  private static final int PARTINGS = 1 << VALIDATORS;

  /** In a round all commits are lost, or none; only so do some nodes stay prepared. */
  private static final int LOSSES = 1 << ROUNDS;

  private static final int CASES = VALIDATORS * LOSSES * PARTINGS * PARTINGS * PARTINGS;

  /** Not a divisor of any of the factors: a sample has something of everything. */
  private static final int SAMPLED = 397;

  @Test
  void noPartingOfTwinsAndOthersInThreeRoundsSplitsTheChain() {
    int step = Boolean.getBoolean("klay.exhaustive") ? 1 : SAMPLED;
    AtomicLong heldUp = new AtomicLong();
    AtomicLong reproposed = new AtomicLong();
    int cases = (CASES + step - 1) / step;
    IntStream.range(0, cases).parallel().forEach(i -> runParted(i * step, heldUp, reproposed));
    System.out.printf(
        "simulation twins: %d of %d cases, %d without a block after three rounds, %d blocks proposed"
            + " again%n",
        cases, CASES, heldUp.get(), reproposed.get());
    assertThat(heldUp.get()).isPositive();
    assertThat(reproposed.get()).isPositive();
  }

  private static void runParted(int number, AtomicLong heldUp, AtomicLong reproposed) {
    int twin = number % VALIDATORS;
    int losses = number / VALIDATORS % LOSSES;
    int partings = number / VALIDATORS / LOSSES;
    try (SimulatedNetwork sim =
        SimulatedNetwork.of(VALIDATORS).seed(number).withoutCodec().tracesText(false).build()) {
      SimulatedNode first = sim.node(twin);
      SimulatedNode second = sim.world().addProcess(first.role(), first.signer());
      List.of(first, second)
          .forEach(one -> one.behave((liar, to, frame) -> Behaviour.Delivery.now(frame)));
      sim.world().twins().pair(first, second);
      sim.world()
          .twins()
          .group(
              (from, to, message) -> {
                int round = message.round();
                boolean lost = message instanceof Commit && (losses >> round & 1) == 1;
                return round >= ROUNDS
                    || !lost
                        && isApart(partings, round, twin, from)
                            == isApart(partings, round, twin, to);
              });
      second.trust();
      second.start();
      sim.runFor(Duration.ofSeconds(9)); // rounds 0, 1 and 2 take 1, 2 and 4 s
      if (sim.commonHeight() == 0) {
        heldUp.incrementAndGet();
      }
      sim.world().twins().ungroup();
      boolean alive = sim.runUntil(() -> sim.commonHeight() >= 3, Duration.ofSeconds(40));
      assertThat(sim.violations()).as("case %d", number).isEmpty();
      assertThat(alive).as("case %d goes on", number).isTrue();
      reproposed.addAndGet(sim.coverage().count(Sometimes.REPROPOSAL));
    }
  }

  /** Whether a process is in the other group than the first twin is. */
  private static boolean isApart(int partings, int round, int twin, int node) {
    int parting = partings >> VALIDATORS * round & PARTINGS - 1;
    int place = Math.floorMod(node - twin - 1, VALIDATORS); // of the second twin: the last
    boolean isFirst = node == twin;
    boolean isSecond = node == VALIDATORS;
    return !isFirst && (parting >> (isSecond ? VALIDATORS - 1 : place) & 1) == 1;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aCrashInAnyCallToTheDiskLosesAndContradictsNothing(int node) {
    int calls = 0;
    boolean within = true;
    while (within) {
      calls++;
      within = crashed(calls, List.of(node));
    }
    assertThat(calls).as("calls of all heights").isGreaterThan(20);
  }

  @Test
  void aCrashOfAllInAnyCallToTheDiskLosesAndContradictsNothing() {
    int calls = 0;
    boolean within = true;
    while (within) {
      calls++;
      within = crashed(calls, List.of(0, 1, 2, 3));
    }
    assertThat(calls).isGreaterThan(20);
  }

  /** Crashes nodes in that call from height 2 on; false if the heights have fewer calls. */
  private static boolean crashed(int call, List<Integer> nodes) {
    try (SimulatedNetwork sim =
        SimulatedNetwork.of(VALIDATORS).seed(call).tracesText(false).build()) {
      sim.runUntil(() -> sim.commonHeight() >= 1, Duration.ofSeconds(10));
      List<Integer> lives = nodes.stream().map(n -> sim.node(n).life()).toList();
      nodes.forEach(n -> sim.node(n).inject(Fault.crashInDiskCall(call)));
      sim.runUntil(() -> sim.commonHeight() >= HEIGHTS, Duration.ofSeconds(60));
      boolean crashed =
          IntStream.range(0, nodes.size())
              .anyMatch(i -> sim.node(nodes.get(i)).life() > lives.get(i));
      boolean alive = sim.runUntil(() -> sim.commonHeight() >= HEIGHTS + 8, Duration.ofSeconds(60));
      sim.checkSafety();
      assertThat(alive).as("call %d of nodes %s", call, nodes).isTrue();
      return crashed;
    }
  }
}
