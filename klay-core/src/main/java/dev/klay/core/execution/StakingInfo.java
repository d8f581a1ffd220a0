package dev.klay.core.execution;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.Optional;

/**
 * Who shares in rewards besides the proposer, as the address book contract said at some block.
 *
 * @param firstFund KFF, once PoC and KGF
 * @param secondFund KCF, once KIR
 * @param stakers one entry for each reward address
 */
public record StakingInfo(
    Optional<Address> firstFund, Optional<Address> secondFund, List<Staker> stakers) {
  /** No funds and no stakers: everything is the proposer's. */
  public static final StakingInfo NONE =
      new StakingInfo(Optional.empty(), Optional.empty(), List.of());

  /**
   * A validator's stake.
   *
   * @param stakeKlay whole KLAY
   */
  public record Staker(Address rewardAddress, UInt256 stakeKlay) {}

  public StakingInfo {
    stakers = List.copyOf(stakers);
  }
}
