package dev.klay.core.importing;

import dev.klay.core.block.Header;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Fork;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.execution.StakingInfo;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.ChainStore;
import dev.klay.core.system.AddressBook;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.SealRule;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which stakes count in a block of a chain with weighted random proposers, policy 2 ({@code
 * klaytn-genesis-governance.md} section 4): those of the address book one whole interval before the
 * block's, from Kaia on those of the parent. What a block needs is read when its source is
 * imported, so the source's state need not be kept, unless the program is started again in between.
 */
final class StakingHistory {
  private static final long WEIGHTED_RANDOM = 2;

  /** Sources that are held: the next block's and what is read ahead. */
  private static final int HELD_MAX = 4;

  private final ChainSpec spec;
  private final ChainStore store;
  private final Map<Long, StakingInfo> bySource = new LinkedHashMap<>();

  StakingHistory(ChainSpec spec, ChainStore store) {
    this.spec = spec;
    this.store = store;
  }

  /** Whose stakes count, or why that cannot be said: exactly one of the two is present. */
  record Stakes(Optional<StakingInfo> info, Optional<InvalidBlock> fault) {
    private static Stakes of(StakingInfo info) {
      return new Stakes(Optional.of(info), Optional.empty());
    }

    private static Stakes unknown(String detail) {
      return new Stakes(Optional.empty(), HeaderRules.invalid(Reason.STAKING, detail));
    }
  }

  /** The stakes of the block behind a head. */
  Stakes of(BlockRules rules, ChainHead parent) {
    if (!counts(rules.parameters())) {
      return Stakes.of(StakingInfo.NONE);
    }
    if (rules.has(Fork.PRAGUE)) {
      return Stakes.unknown(
          "rewards of policy 2 from Prague on are shared with liquidity pools (KIP-226), which this"
              + " program does not do");
    }
    if (rules.has(Fork.KAIA)) {
      return Stakes.of(AddressBook.read(parent.contracts(spec)));
    }
    long source = source(rules.number(), rules.parameters().stakingUpdateInterval());
    StakingInfo held = bySource.get(source);
    if (held != null) {
      return Stakes.of(held);
    }
    Optional<WorldState> state = store.state(source);
    if (state.isEmpty()) {
      return Stakes.unknown(
          "the stakes are those of block "
              + source
              + ", whose state is no longer kept: open the storage with a retention of two staking"
              + " intervals, or as an archive, and import again");
    }
    Header header = store.block(source).orElseThrow().block().header();
    return Stakes.of(hold(source, parent, header, state.orElseThrow()));
  }

  /** Our own chains know no stakes. */
  private boolean counts(GovernanceParameters parameters) {
    return spec.sealRule() == SealRule.ISTANBUL && parameters.policy() == WEIGHTED_RANDOM;
  }

  /** The block whose state says the stakes of a block. */
  static long source(long number, long interval) {
    long start = (number - 1) / interval * interval;
    return Math.max(0, start - interval);
  }

  /** Reads what later blocks will need. */
  void imported(ChainHead head) {
    GovernanceParameters parameters = head.governance().parameters(head.number() + 1);
    if (counts(parameters) && head.number() % parameters.stakingUpdateInterval() == 0) {
      hold(head.number(), head, head.header(), head.state());
    }
  }

  private StakingInfo hold(long source, ChainHead head, Header header, WorldState state) {
    StakingInfo info = AddressBook.read(head.contracts(spec, header, state));
    if (bySource.size() >= HELD_MAX) {
      Iterator<Long> oldest = bySource.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    bySource.put(source, info);
    return info;
  }

  /**
   * The validators that may propose: of policy 2 from Istanbul on those with the minimum stake, and
   * a sole governing node; if nobody has it, all.
   */
  static List<Address> qualified(List<Address> council, BlockRules rules, StakingInfo stakes) {
    GovernanceParameters parameters = rules.parameters();
    if (parameters.policy() != WEIGHTED_RANDOM || !rules.has(Fork.ISTANBUL)) {
      return council;
    }
    UInt256 minimum = parameters.minimumStakeKlay();
    List<Address> staked =
        council.stream().filter(v -> stakes.stakeKlayOf(v).compareTo(minimum) >= 0).toList();
    if (staked.isEmpty()) {
      return council;
    }
    boolean single = parameters.governanceMode().equals("single");
    return council.stream()
        .filter(v -> staked.contains(v) || single && v.equals(parameters.governingNode()))
        .toList();
  }
}
