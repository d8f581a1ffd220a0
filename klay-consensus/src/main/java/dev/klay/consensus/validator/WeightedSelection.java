package dev.klay.consensus.validator;

import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leaders by weight: each validator stands in the epoch's schedule as often as it weighs, and the
 * schedule is shuffled by the epoch block. Later rounds of a height go on from there one by one, so
 * that everybody gets a turn whatever the weights.
 *
 * <p>A pure function of its arguments; the last schedule is kept, since an epoch has one. For one
 * thread.
 */
public final class WeightedSelection implements ProposerSelection {
  private record Schedule(ValidatorSet validators, Hash epochHash, List<Address> leaders) {}

  private final Map<Address, Integer> weights;
  private @Nullable Schedule last;

  /**
   * A selection that all nodes of a chain share.
   *
   * @param weights 1 to {@value ProposerPolicy#WEIGHT_MAX}; who is not listed weighs 1
   */
  public WeightedSelection(Map<Address, Integer> weights) {
    this.weights = Map.copyOf(weights);
  }

  @Override
  public Address leader(ValidatorSet validators, Turn turn, int round) {
    List<Address> leaders = schedule(validators, turn.epochHash()).leaders();
    Address first = leaders.get((int) (turn.height() % leaders.size()));
    return validators.at((long) validators.indexOf(first) + round);
  }

  private Schedule schedule(ValidatorSet validators, Hash epochHash) {
    Schedule schedule = last;
    if (schedule == null
        || !schedule.epochHash().equals(epochHash)
        || !schedule.validators().equals(validators)) {
      schedule = new Schedule(validators, epochHash, shuffled(validators, epochHash));
      last = schedule;
    }
    return schedule;
  }

  private List<Address> shuffled(ValidatorSet validators, Hash epochHash) {
    List<Address> leaders = new ArrayList<>();
    for (Address validator : validators.addresses()) {
      leaders.addAll(Collections.nCopies(weights.getOrDefault(validator, 1), validator));
    }
    EpochRandom random = new EpochRandom(epochHash);
    for (int i = leaders.size() - 1; i > 0; i--) {
      Collections.swap(leaders, i, random.below(i + 1));
    }
    return leaders;
  }
}
