package dev.klay.consensus.validator;

import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * Leaders by weight: each validator stands in the epoch's schedule as often as it weighs, and the
 * schedule is shuffled by the epoch block. Later rounds of a height go on from there one by one, so
 * that everybody gets a turn whatever the weights.
 *
 * @param weightOf 1 to {@value #WEIGHT_MAX}; a pure function that all nodes share
 */
public record WeightedSelection(ToIntFunction<Address> weightOf) implements ProposerSelection {
  /** Of one validator, so that a schedule stays small. */
  public static final int WEIGHT_MAX = 100;

  @Override
  public Address leader(ValidatorSet validators, Turn turn, int round) {
    List<Address> schedule = schedule(validators, turn);
    Address first = schedule.get((int) (turn.height() % schedule.size()));
    return validators.at((long) validators.indexOf(first) + round);
  }

  private List<Address> schedule(ValidatorSet validators, Turn turn) {
    List<Address> schedule = new ArrayList<>();
    for (Address validator : validators.addresses()) {
      int weight = Math.max(1, Math.min(WEIGHT_MAX, weightOf.applyAsInt(validator)));
      schedule.addAll(Collections.nCopies(weight, validator));
    }
    SplittableRandom random = ProposerSelection.randomOf(turn.epochHash());
    for (int i = schedule.size() - 1; i > 0; i--) {
      Collections.swap(schedule, i, random.nextInt(i + 1));
    }
    return schedule;
  }
}
