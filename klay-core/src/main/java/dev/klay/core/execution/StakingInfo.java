package dev.klay.core.execution;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
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
   * A stake, of one validator or of several with one reward address.
   *
   * @param stakeKlay whole KLAY
   * @param nodes the validators
   */
  public record Staker(Address rewardAddress, UInt256 stakeKlay, List<Address> nodes) {
    public Staker {
      nodes = List.copyOf(nodes);
    }

    /** The same with the stake and the validators of another. */
    public Staker plus(Staker other) {
      List<Address> all = new ArrayList<>(nodes);
      all.addAll(other.nodes);
      return new Staker(rewardAddress, stakeKlay.plus(other.stakeKlay), all);
    }
  }

  public StakingInfo {
    stakers = List.copyOf(stakers);
  }

  /** Whole KLAY that a validator has staked, alone or with others; 0 if it is not in the book. */
  public UInt256 stakeKlayOf(Address validator) {
    for (Staker staker : stakers) {
      if (staker.nodes().contains(validator)) {
        return staker.stakeKlay();
      }
    }
    return UInt256.ZERO;
  }
}
