package dev.klay.core.execution;

import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.config.RewardRatio;
import dev.klay.core.config.StakingRatio;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the end of a block pays to whom ({@code klaytn-genesis-governance.md} section 5, {@code
 * klaytn-fees.md} section 4.3). All divisions round down; no peb is lost.
 *
 * @param minted new KLAY
 * @param burnt fees that nobody gets
 * @param proposer to the block's reward base
 * @param stakers to all stakers together, KIP-82
 * @param firstFund to the first fund's address
 * @param secondFund to the second fund's address
 * @param payments by address, in the order of payment; the reward base is always among them
 */
public record BlockReward(
    Amount minted,
    Amount burnt,
    Amount proposer,
    Amount stakers,
    Amount firstFund,
    Amount secondFund,
    Map<Address, Amount> payments) {
  private static final long WEIGHTED_RANDOM = 2;

  public BlockReward {
    payments = Collections.unmodifiableMap(new LinkedHashMap<>(payments));
  }

  /**
   * The reward of a block.
   *
   * @param fees of all transactions together
   */
  public static BlockReward of(
      BlockRules rules, Amount fees, Address rewardBase, StakingInfo staking) {
    return rules.rewardParameters().policy() == WEIGHTED_RANDOM
        ? shared(rules, fees, rewardBase, staking)
        : simple(rules, fees, rewardBase);
  }

  /** Everything to the reward base; fees that were paid already come again before Magma. */
  private static BlockReward simple(BlockRules rules, Amount fees, Address rewardBase) {
    Amount minted = rules.rewardParameters().mintingAmount();
    boolean magma = rules.has(Fork.MAGMA);
    boolean paidNow = rules.rewardParameters().deferredTxFee() || !magma;
    Amount burnt = magma && paidNow ? fees.dividedBy(2) : Amount.ZERO;
    Amount paid = paidNow ? minted.plus(fees.minus(burnt)) : minted;
    return new BlockReward(
        minted, burnt, paid, Amount.ZERO, Amount.ZERO, Amount.ZERO, Map.of(rewardBase, paid));
  }

  private static BlockReward shared(
      BlockRules rules, Amount allFees, Address rewardBase, StakingInfo staking) {
    GovernanceParameters parameters = rules.rewardParameters();
    Amount fees = parameters.deferredTxFee() ? allFees : Amount.ZERO;
    Amount minted = parameters.mintingAmount();
    Amount burnt = rules.has(Fork.MAGMA) ? fees.dividedBy(2) : Amount.ZERO;
    Amount left = fees.minus(burnt);
    RewardRatio ratio = parameters.ratio();
    if (!rules.has(Fork.KORE)) {
      Amount total = minted.plus(left);
      Amount first = percent(total, ratio.firstFund());
      Amount second = percent(total, ratio.secondFund());
      Amount proposer = percent(total, ratio.proposer());
      Amount remainder = total.minus(proposer).minus(first).minus(second);
      return new Split(rewardBase, staking)
          .pay(minted, burnt, proposer, Map.of(), first.plus(remainder), second);
    }
    return sharedFromKore(parameters, minted, burnt, left, rewardBase, staking);
  }

  private static BlockReward sharedFromKore(
      GovernanceParameters parameters,
      Amount minted,
      Amount halfBurnt,
      Amount left,
      Address rewardBase,
      StakingInfo staking) {
    RewardRatio ratio = parameters.ratio();
    StakingRatio inner = parameters.stakingRatio();
    Amount validators = percent(minted, ratio.proposer());
    Amount proposer = percent(validators, inner.proposer());
    Amount burnt = halfBurnt.plus(left.isLessThan(proposer) ? left : proposer);
    Amount fees = left.isLessThan(proposer) ? Amount.ZERO : left.minus(proposer);
    Amount forStakers = percent(validators, inner.stakers());
    Amount first = percent(minted, ratio.firstFund());
    Amount second = percent(minted, ratio.secondFund());
    Amount remainder = minted.minus(proposer).minus(forStakers).minus(first).minus(second);
    Map<Address, Amount> byStaker = stakes(parameters, forStakers, staking);
    Amount toStakers = byStaker.values().stream().reduce(Amount.ZERO, Amount::plus);
    Amount toProposer = proposer.plus(fees).plus(forStakers.minus(toStakers));
    return new Split(rewardBase, staking)
        .pay(minted, burnt, toProposer, byStaker, first.plus(remainder), second);
  }

  /** What each staker above the minimum gets, by what its stake exceeds it. */
  private static Map<Address, Amount> stakes(
      GovernanceParameters parameters, Amount total, StakingInfo staking) {
    UInt256 minimum = parameters.minimumStakeKlay();
    UInt256 sum = UInt256.ZERO;
    for (StakingInfo.Staker staker : staking.stakers()) {
      sum = sum.plus(excess(staker, minimum));
    }
    Map<Address, Amount> shares = new LinkedHashMap<>();
    for (StakingInfo.Staker staker : staking.stakers()) {
      UInt256 excess = excess(staker, minimum);
      if (!excess.isZero()) {
        Amount share = Amount.peb(total.peb().times(excess).dividedBy(sum));
        shares.merge(staker.rewardAddress(), share, Amount::plus);
      }
    }
    return shares;
  }

  private static UInt256 excess(StakingInfo.Staker staker, UInt256 minimum) {
    return staker.stakeKlay().compareTo(minimum) > 0
        ? staker.stakeKlay().minus(minimum)
        : UInt256.ZERO;
  }

  private static Amount percent(Amount amount, int percent) {
    return amount.times(percent).dividedBy(100);
  }

  /** A fund without an address leaves its part to the proposer. */
  private record Split(Address rewardBase, StakingInfo staking) {
    BlockReward pay(
        Amount minted,
        Amount burnt,
        Amount proposer,
        Map<Address, Amount> stakers,
        Amount first,
        Amount second) {
      Amount own = proposer;
      Amount toFirst = first;
      Amount toSecond = second;
      if (staking.firstFund().isEmpty()) {
        own = own.plus(first);
        toFirst = Amount.ZERO;
      }
      if (staking.secondFund().isEmpty()) {
        own = own.plus(second);
        toSecond = Amount.ZERO;
      }
      Map<Address, Amount> payments = new LinkedHashMap<>();
      payments.put(rewardBase, own);
      addTo(payments, staking.firstFund(), toFirst);
      addTo(payments, staking.secondFund(), toSecond);
      stakers.forEach((address, share) -> payments.merge(address, share, Amount::plus));
      Amount toStakers = stakers.values().stream().reduce(Amount.ZERO, Amount::plus);
      return new BlockReward(minted, burnt, own, toStakers, toFirst, toSecond, payments);
    }

    private static void addTo(
        Map<Address, Amount> payments, Optional<Address> fund, Amount amount) {
      fund.ifPresent(address -> payments.merge(address, amount, Amount::plus));
    }
  }
}
