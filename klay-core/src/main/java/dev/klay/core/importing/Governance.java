package dev.klay.core.importing;

import dev.klay.core.block.Header;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Optional;

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

  /** What holds after the header is on the chain. */
  Governance after(Header imported, Address author);
}
