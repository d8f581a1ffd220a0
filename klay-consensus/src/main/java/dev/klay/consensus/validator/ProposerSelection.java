package dev.klay.consensus.validator;

import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.Map;
import java.util.Optional;

/**
 * Who leads a round ({@code consensus.md} section 1). Within any N consecutive rounds of a height
 * each of the N validators leads once.
 */
public interface ProposerSelection {
  /**
   * What the choice may depend on.
   *
   * @param height that is being decided
   * @param builder who made the parent block; empty if that is the genesis
   * @param epochHash of the epoch block that fixed the validators
   */
  record Turn(long height, Optional<Address> builder, Hash epochHash) {}

  /**
   * The leader.
   *
   * @param round from 0
   */
  Address leader(ValidatorSet validators, Turn turn, int round);

  /** The selection of a policy, where all weigh the same. */
  static ProposerSelection of(ProposerPolicy policy) {
    return of(policy, Map.of());
  }

  /**
   * The selection of a policy.
   *
   * @param weights for the policy WEIGHTED; who is not listed weighs 1
   */
  static ProposerSelection of(ProposerPolicy policy, Map<Address, Integer> weights) {
    return switch (policy) {
      case ROUND_ROBIN -> ProposerSelection::roundRobin;
      case STICKY -> ProposerSelection::sticky;
      case WEIGHTED -> new WeightedSelection(weights);
    };
  }

  private static Address roundRobin(ValidatorSet validators, Turn turn, int round) {
    long base = turn.builder().map(validators::indexBehind).orElse(0);
    return validators.at(base + round);
  }

  private static Address sticky(ValidatorSet validators, Turn turn, int round) {
    return turn.builder()
        .filter(validators::contains)
        .map(address -> validators.at((long) validators.indexOf(address) + round))
        .orElseGet(() -> roundRobin(validators, turn, round));
  }
}
