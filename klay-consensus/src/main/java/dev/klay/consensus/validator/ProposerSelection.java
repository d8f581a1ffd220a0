package dev.klay.consensus.validator;

import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;

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

  /** The selection of a policy; weighted with equal weights. */
  static ProposerSelection of(ProposerPolicy policy) {
    return switch (policy) {
      case ROUND_ROBIN -> ProposerSelection::roundRobin;
      case STICKY -> ProposerSelection::sticky;
      case WEIGHTED -> new WeightedSelection(address -> 1);
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

  /** A generator that the epoch block decides, so that nobody could choose it alone. */
  static SplittableRandom randomOf(Hash epochHash) {
    byte[] seed = Keccak256.hash(epochHash.toBytes()).toArray();
    return new SplittableRandom(ByteBuffer.wrap(seed).getLong());
  }
}
