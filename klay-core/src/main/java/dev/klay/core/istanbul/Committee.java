package dev.klay.core.istanbul;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * The validators that vote on a block ({@code klaytn-consensus.md} section 9). Headers do not say
 * who they were and nobody checks; Klaytn's RPC computes and shows them.
 */
public final class Committee {
  private Committee() {}

  /**
   * The committee of a block before Randao, and of policies 0 and 1 ever after.
   *
   * @param qualified in {@link ValidatorOrder}
   * @param size wanted; with fewer qualified all are in
   * @param proposer of the round
   * @param next the proposer after it, another one
   * @param seed {@link ShuffleSeed#ofBlockHash} of the parent, on Klaytn from Istanbul on with the
   *     round added
   */
  public static List<Address> random(
      List<Address> qualified, long size, Address proposer, Address next, long seed) {
    if (size >= qualified.size()) {
      return List.copyOf(qualified);
    }
    if (size == 1) {
      return List.of(proposer);
    }
    if (proposer.equals(next)) {
      throw new IllegalArgumentException("the next proposer is another than " + proposer);
    }
    List<Address> rest =
        qualified.stream().filter(v -> !v.equals(proposer) && !v.equals(next)).toList();
    List<Address> committee = new ArrayList<>(List.of(proposer, next));
    committee.addAll(new GoRandom(seed).legacyShuffle(rest).subList(0, (int) size - 2));
    return committee;
  }

  /** The seed of a round: from Istanbul on the round is added, on Klaytn but not on Kaia. */
  public static long seed(Hash parentHash, long round, boolean istanbul) {
    return ShuffleSeed.ofBlockHash(parentHash) + (istanbul ? round : 0);
  }

  /**
   * The committee of policy 2 from Randao on.
   *
   * @param qualified in {@link ValidatorOrder}
   * @param parentMixHash 32 bytes, zero for the first block of the fork
   */
  public static List<Address> randao(List<Address> qualified, long size, Bytes parentMixHash) {
    List<Address> shuffled = new GoRandom(ShuffleSeed.ofMixHash(parentMixHash)).shuffle(qualified);
    return size >= shuffled.size() ? shuffled : shuffled.subList(0, (int) size);
  }
}
