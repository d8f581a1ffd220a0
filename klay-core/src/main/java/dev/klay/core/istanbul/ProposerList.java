package dev.klay.core.istanbul;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * The list that weighted random proposers are taken from until the next update ({@code
 * klaytn-consensus.md} section 7): every validator as often as its weight, shuffled.
 */
public final class ProposerList {
  /** What the weights of all validators together may be; their percentages are 100, rounded. */
  private static final int LENGTH_MAX = 100_000;

  private ProposerList() {}

  /** The block whose list holds for a block: 0, then every interval's last. */
  public static long updateBlock(long number, long interval) {
    return number == 0 ? 0 : (number - 1) / interval * interval;
  }

  /**
   * The list of an update block.
   *
   * @param validators in {@link ValidatorOrder}
   * @param weights of each; if all are zero each counts once
   * @param updateBlockHash of the update block
   */
  public static List<Address> of(
      List<Address> validators, List<Integer> weights, Hash updateBlockHash) {
    if (validators.size() != weights.size()) {
      throw new IllegalArgumentException(
          validators.size() + " validators have " + weights.size() + " weights");
    }
    long total = weights.stream().mapToLong(Integer::longValue).sum();
    if (total > LENGTH_MAX || weights.stream().anyMatch(weight -> weight < 0)) {
      throw new IllegalArgumentException("weights are not negative and at most " + LENGTH_MAX);
    }
    List<Address> list = new ArrayList<>();
    for (int i = 0; i < validators.size(); i++) {
      int times = total == 0 ? 1 : weights.get(i);
      for (int k = 0; k < times; k++) {
        list.add(validators.get(i));
      }
    }
    return new GoRandom(ShuffleSeed.ofBlockHash(updateBlockHash)).legacyShuffle(list);
  }
}
