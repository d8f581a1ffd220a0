package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs by chance, each run in ways that must not differ: watched and unwatched, with code that
 * was analysed before and that was not, all messages in one block and each in a block of its own,
 * after a run that was taken back, and after a try with little or much of a budget. Nothing but a
 * result may come out.
 */
class MachineFuzzTest {
  /** What one message came to, and the state behind it. */
  private record Outcome(ExecutionResult result, Hash root) {}

  @Property(tries = 400)
  void allWaysAgree(@ForAll long seed) {
    compare(new FuzzWorld(seed));
  }

  /** Seeds that found something, or that reach far. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -1584964, Long.MAX_VALUE, Long.MIN_VALUE})
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void allWaysAgreeForKeptSeeds(long seed) {
    compare(new FuzzWorld(seed));
  }

  static void compare(FuzzWorld world) {
    WorldState state = world.state();
    List<Outcome> cold = inOneBlock(world, state, Tracer.NONE);
    assertThat(inOneBlock(world, state, Tracer.NONE)).as("warm, %s", world).isEqualTo(cold);
    WatchingTracer tracer = new WatchingTracer();
    assertThat(inOneBlock(world, world.state(), tracer)).as("watched, %s", world).isEqualTo(cold);
    assertThat(tracer.isBalanced()).isTrue();
    WatchingTracer again = new WatchingTracer();
    inOneBlock(world, state, again);
    assertThat(again.digest()).as("seen again, %s", world).isEqualTo(tracer.digest());
    assertThat(inBlocksOfTheirOwn(world, state)).as("resumed, %s", world).isEqualTo(cold);
    assertThat(afterRunsTakenBack(world, state)).as("taken back, %s", world).isEqualTo(cold);
    assertThat(afterTries(world, state, 2_000)).as("tried, %s", world).isEqualTo(cold);
    assertThat(afterTries(world, state, 1L << 40)).as("budgeted, %s", world).isEqualTo(cold);
    checkBounds(world, state, cold);
  }

  private static List<Outcome> inOneBlock(FuzzWorld world, WorldState state, Tracer tracer) {
    StateUpdater updater = new StateUpdater(state);
    List<Outcome> outcomes = new ArrayList<>();
    for (Message message : world.messages) {
      ExecutionResult result = MiniMachine.run(world.rules, updater, message, tracer);
      outcomes.add(new Outcome(result, updater.build(true).rootHash()));
    }
    return outcomes;
  }

  private static List<Outcome> inBlocksOfTheirOwn(FuzzWorld world, WorldState first) {
    WorldState state = first;
    List<Outcome> outcomes = new ArrayList<>();
    for (Message message : world.messages) {
      StateUpdater updater = new StateUpdater(state);
      ExecutionResult result = MiniMachine.run(world.rules, updater, message, Tracer.NONE);
      state = updater.build(true);
      outcomes.add(new Outcome(result, state.rootHash()));
    }
    return outcomes;
  }

  private static List<Outcome> afterRunsTakenBack(FuzzWorld world, WorldState state) {
    StateUpdater updater = new StateUpdater(state);
    List<Outcome> outcomes = new ArrayList<>();
    for (Message message : world.messages) {
      int before = updater.snapshot();
      MiniMachine.run(world.rules, updater, message.withGas(message.gas() / 2), Tracer.NONE);
      updater.revert(before);
      ExecutionResult result = MiniMachine.run(world.rules, updater, message, Tracer.NONE);
      outcomes.add(new Outcome(result, updater.build(true).rootHash()));
    }
    return outcomes;
  }

  /** A try that is not abandoned comes to the same as a run that nothing limits. */
  private static List<Outcome> afterTries(FuzzWorld world, WorldState state, long budget) {
    StateUpdater updater = new StateUpdater(state);
    List<Outcome> outcomes = new ArrayList<>();
    for (Message message : world.messages) {
      int before = updater.snapshot();
      Optional<ExecutionResult> tried = tried(world.rules, updater, message, GasBudget.of(budget));
      updater.revert(before);
      ExecutionResult result = MiniMachine.run(world.rules, updater, message, Tracer.NONE);
      assertThat(tried.orElse(result)).as("tried, %s", world).isEqualTo(result);
      outcomes.add(new Outcome(result, updater.build(true).rootHash()));
    }
    return outcomes;
  }

  private static Optional<ExecutionResult> tried(
      EvmRules rules, StateUpdater state, Message message, GasBudget budget) {
    try {
      return Optional.of(MiniMachine.run(rules, state, message, Tracer.NONE, budget));
    } catch (BudgetSpentException spent) {
      return Optional.empty();
    }
  }

  private static void checkBounds(FuzzWorld world, WorldState state, List<Outcome> outcomes) {
    Hash before = state.rootHash();
    for (int i = 0; i < outcomes.size(); i++) {
      Message message = world.messages.get(i);
      ExecutionResult result = outcomes.get(i).result();
      assertThat(result.gasLeft()).isBetween(0L, message.gas());
      if (!result.isSuccess()) {
        assertThat(result.logs()).isEmpty();
        assertThat(result.refund()).isZero();
        // A creation raises the sender's nonce whatever comes of it.
        if (message.to().isPresent()) {
          assertThat(outcomes.get(i).root()).as("state, %s", world).isEqualTo(before);
        }
      }
      before = outcomes.get(i).root();
    }
  }
}
