package dev.klay.core.istanbul;

import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Optional;

/**
 * Who proposes a block in a round, by policy ({@code klaytn-consensus.md} section 7). Validators
 * are the qualified ones in {@link ValidatorOrder}; nobody checks on a block that it was its turn.
 */
public final class KlaytnProposer {
  private KlaytnProposer() {}

  /**
   * Policy 0: the one behind the parent's author, and one further for each round.
   *
   * @param lastAuthor empty if the parent is the genesis; block 1 then starts with the first, as
   *     Klaytn has it (Kaia starts with the second)
   */
  public static Address roundRobin(
      List<Address> validators, Optional<Address> lastAuthor, long round) {
    long first = lastAuthor.map(author -> index(validators, author) + 1L).orElse(0L);
    return at(validators, first + round);
  }

  /** Policy 1: the parent's author, and one further for each round. */
  public static Address sticky(List<Address> validators, Optional<Address> lastAuthor, long round) {
    return at(validators, lastAuthor.map(author -> index(validators, author)).orElse(0) + round);
  }

  /**
   * Policy 2 before Randao: from the list of the last update block.
   *
   * @param number of the block
   * @param updateBlock where the list was made: {@link ProposerList#updateBlock}
   */
  public static Address weighted(List<Address> list, long number, long updateBlock, long round) {
    return at(list, number + round - updateBlock - 1);
  }

  /** Policy 2 from Randao on: the committee's members in their order. */
  public static Address randao(List<Address> committee, long round) {
    return at(committee, round);
  }

  /** One that is not in the list counts as its first. */
  private static int index(List<Address> validators, Address author) {
    return Math.max(0, validators.indexOf(author));
  }

  private static Address at(List<Address> validators, long index) {
    if (validators.isEmpty()) {
      throw new IllegalArgumentException("there is no validator");
    }
    return validators.get((int) Math.floorMod(index, (long) validators.size()));
  }
}
