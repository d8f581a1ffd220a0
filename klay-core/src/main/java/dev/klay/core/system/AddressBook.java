package dev.klay.core.system;

import dev.klay.core.execution.StakingInfo;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contract that says which validators stake where, who gets their rewards, and where the two
 * funds are ({@code klaytn-genesis-governance.md} section 4).
 */
public final class AddressBook {
  public static final Address ADDRESS = Address.parse("0x0000000000000000000000000000000000000400");

  private static final Bytes GET_ALL = ContractReads.selector("getAllAddress()");
  private static final int NODE = 0;
  private static final int STAKING = 1;
  private static final int REWARD = 2;
  private static final int FIRST_FUND = 3;
  private static final int SECOND_FUND = 4;
  private static final int KINDS = 5;

  /** More KLAY than this in one contract is not counted. */
  private static final UInt256 STAKE_MAX_KLAY = UInt256.of(100_000_000_000L);

  private static final UInt256 PEB_PER_KLAY = Amount.klay(1).peb();

  private AddressBook() {}

  /**
   * What the book says behind a block. A book that is missing, fails, or is not yet complete gives
   * {@link StakingInfo#NONE}: then everything is the proposer's.
   */
  public static StakingInfo read(ContractReads reads) {
    if (reads.state().code(ADDRESS).isEmpty()) {
      return StakingInfo.NONE;
    }
    try {
      return parse(reads.ask(ADDRESS, GET_ALL), reads.state());
    } catch (DecodingException unusable) {
      return StakingInfo.NONE; // as Klaytn's nodes do, or the chain would end here
    }
  }

  private static StakingInfo parse(AbiData answer, WorldState state) {
    List<Integer> kinds = answer.at(0).list((items, i) -> items.number(i, KINDS));
    List<Address> addresses = answer.at(1).list(AbiData::address);
    if (kinds.size() != addresses.size()) {
      return StakingInfo.NONE;
    }
    List<List<Address>> byKind = new ArrayList<>();
    for (int kind = 0; kind < KINDS; kind++) {
      byKind.add(new ArrayList<>());
    }
    for (int i = 0; i < kinds.size(); i++) {
      byKind.get(kinds.get(i)).add(addresses.get(i));
    }
    Optional<Address> first = fund(byKind.get(FIRST_FUND));
    Optional<Address> second = fund(byKind.get(SECOND_FUND));
    int nodes = byKind.get(NODE).size();
    boolean complete =
        first.isPresent()
            && second.isPresent()
            && byKind.get(STAKING).size() == nodes
            && byKind.get(REWARD).size() == nodes;
    return complete ? new StakingInfo(first, second, stakers(byKind, state)) : StakingInfo.NONE;
  }

  private static Optional<Address> fund(List<Address> found) {
    return found.stream().filter(address -> !address.equals(Address.ZERO)).reduce((a, b) -> b);
  }

  /** Nodes with one reward address are one staker with all their stakes. */
  private static List<StakingInfo.Staker> stakers(List<List<Address>> byKind, WorldState state) {
    Map<Address, StakingInfo.Staker> byReward = new LinkedHashMap<>();
    for (int i = 0; i < byKind.get(NODE).size(); i++) {
      Address reward = byKind.get(REWARD).get(i);
      UInt256 stake = stake(state.balance(byKind.get(STAKING).get(i)));
      StakingInfo.Staker one =
          new StakingInfo.Staker(reward, stake, List.of(byKind.get(NODE).get(i)));
      byReward.merge(reward, one, StakingInfo.Staker::plus);
    }
    return List.copyOf(byReward.values());
  }

  private static UInt256 stake(Amount balance) {
    UInt256 klay = balance.peb().dividedBy(PEB_PER_KLAY);
    return klay.compareTo(STAKE_MAX_KLAY) > 0 ? STAKE_MAX_KLAY : klay;
  }
}
