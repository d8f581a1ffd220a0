package dev.klay.core.importing;

import dev.klay.core.block.Header;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Who validates the next block of a chain and with which parameters, as genesis and all headers so
 * far decided. Immutable.
 */
public interface Governance {
  /** The validators of the next block, in ascending order. */
  List<Address> validators();

  /** The parameters of a block that is next or earlier. */
  GovernanceParameters parameters(long number);

  /** The parameters by which that block is rewarded. */
  GovernanceParameters rewardParameters(long number);

  /** The validators of a block that is next or earlier, in ascending order. */
  List<Address> validators(long number);

  /**
   * What is wrong with the vote or the governance data of the next header, empty if nothing.
   *
   * @param author the header's proposer
   */
  Optional<InvalidBlock> check(Header next, Address author);

  /**
   * Which headers {@link #after} must be told of to go from here, the genesis, to a block, in
   * ascending order. What they add up to must not grow with the chain, or opening one would.
   *
   * @param ballots numbers of the blocks up to there that carry a vote or governance data
   */
  default LongStream replayed(long last, List<Long> ballots) {
    return LongStream.rangeClosed(1, last);
  }

  /** What holds after the header is on the chain. */
  Governance after(Header imported, Address author);
}
