package dev.klay.consensus.validator;

import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.primitive.Address;
import java.util.Optional;

/**
 * Who leads a round ({@code consensus.md} section 1). Within any N consecutive rounds of a height
 * each of the N validators leads once.
 */
public interface ProposerSelection {
  /**
   * The leader.
   *
   * @param builder who made the parent block; empty if that is the genesis
   * @param round from 0
   */
  Address leader(ValidatorSet validators, Optional<Address> builder, int round);

  /**
   * The selection of a policy.
   *
   * @throws UnsupportedOperationException for one that is not built yet
   */
  static ProposerSelection of(ProposerPolicy policy) {
    return switch (policy) {
      case ROUND_ROBIN -> ProposerSelection::roundRobin;
      case STICKY -> ProposerSelection::sticky;
      case WEIGHTED ->
          throw new UnsupportedOperationException("the weighted proposer policy is not available");
    };
  }

  private static Address roundRobin(ValidatorSet validators, Optional<Address> builder, int round) {
    long base = builder.map(validators::indexBehind).orElse(0);
    return validators.at(base + round);
  }

  private static Address sticky(ValidatorSet validators, Optional<Address> builder, int round) {
    return builder
        .filter(validators::contains)
        .map(address -> validators.at((long) validators.indexOf(address) + round))
        .orElseGet(() -> roundRobin(validators, builder, round));
  }
}
