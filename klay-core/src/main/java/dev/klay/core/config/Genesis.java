package dev.klay.core.config;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.block.Block;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.Header;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a chain starts from ({@code klaytn-genesis-governance.md} sections 1 and 2). Two nodes with
 * equal genesis blocks are on one chain.
 *
 * @param chainId bound by every signature
 * @param time unix time in seconds
 * @param extra the header's extra field: vanity, validators, empty seals
 * @param alloc accounts in ascending order
 * @param registry installed at the Randao fork, where a chain has one
 * @param rebalances names of the proposals by which a block moves treasuries, by its number; no
 *     such block can be executed here
 * @param carried what another chain ended with and this one starts from; balances of {@code alloc}
 *     come on top
 */
public record Genesis(
    long chainId,
    ForkSchedule forks,
    GovernanceParameters parameters,
    long time,
    Bytes extra,
    UInt256 blockScore,
    SortedMap<Address, GenesisAccount> alloc,
    Optional<RandaoRegistry> registry,
    SortedMap<Long, String> rebalances,
    Optional<CarriedState> carried) {
  private static final int RANDOM_REVEAL_SIZE = 96;

  public Genesis {
    if (chainId < 1) {
      throw new InvalidGenesisException("chainId must be positive, not " + chainId);
    }
    if (time < 0) {
      throw new InvalidGenesisException("timestamp is negative: " + time);
    }
    alloc = Collections.unmodifiableSortedMap(new TreeMap<>(alloc));
    rebalances = Collections.unmodifiableSortedMap(new TreeMap<>(rebalances));
  }

  /** A genesis of a chain that never moves treasuries. */
  public Genesis(
      long chainId,
      ForkSchedule forks,
      GovernanceParameters parameters,
      long time,
      Bytes extra,
      UInt256 blockScore,
      SortedMap<Address, GenesisAccount> alloc,
      Optional<RandaoRegistry> registry) {
    this(
        chainId,
        forks,
        parameters,
        time,
        extra,
        blockScore,
        alloc,
        registry,
        Collections.emptySortedMap());
  }

  /** A genesis that gives all there is. */
  public Genesis(
      long chainId,
      ForkSchedule forks,
      GovernanceParameters parameters,
      long time,
      Bytes extra,
      UInt256 blockScore,
      SortedMap<Address, GenesisAccount> alloc,
      Optional<RandaoRegistry> registry,
      SortedMap<Long, String> rebalances) {
    this(
        chainId,
        forks,
        parameters,
        time,
        extra,
        blockScore,
        alloc,
        registry,
        rebalances,
        Optional.empty());
  }

  /**
   * Reads Klaytn's genesis.json.
   *
   * @throws InvalidGenesisException naming the field that is missing or malformed
   */
  public static Genesis parse(String json) {
    return new GenesisReader(json).read();
  }

  /** The validators of the first block, as the extra field lists them; none in bare tests. */
  public List<Address> validators() {
    try {
      return ExtraData.decode(extra).validators();
    } catch (DecodingException plain) {
      return List.of();
    }
  }

  /**
   * All allocated accounts, empty ones too, over what is carried on from another chain.
   *
   * @throws StateNotLoadedException if only the root of that is known
   */
  public WorldState state() {
    StateUpdater updater =
        new StateUpdater(carried.map(CarriedState::state).orElse(WorldState.EMPTY));
    alloc.forEach((address, account) -> allocate(updater, address, account));
    return updater.build(false);
  }

  /** The root of {@link #state}, for which nothing is loaded where nothing comes on top. */
  public Hash stateRoot() {
    return carried
        .filter(state -> alloc.isEmpty())
        .map(state -> state.origin().stateRoot())
        .orElseGet(() -> state().rootHash());
  }

  private void allocate(StateUpdater updater, Address address, GenesisAccount account) {
    updater.addBalance(address, account.balance());
    if (carried.flatMap(state -> state.account(address)).isPresent()) {
      if (account.isContract() || account.nonce() != 0) {
        throw new InvalidGenesisException(
            "alloc." + address + ": an account that is carried on can get a balance only");
      }
      return;
    }
    if (account.isContract()) {
      updater.createContract(address);
      updater.setCode(address, Code.of(account.code(), CodeInfo.BEFORE_ISTANBUL));
      account.storage().forEach((slot, word) -> updater.setStorage(address, slot, word));
    }
    updater.setNonce(address, account.nonce());
  }

  /** Block 0 over a state that {@link #state} made. */
  public Block block(SealRule rule, WorldState state) {
    return block(rule, state.rootHash());
  }

  /** Block 0 over a state with this root. */
  public Block block(SealRule rule, Hash stateRoot) {
    Hash emptyRoot = parameters.deriveSha().root(List.of());
    boolean randao = forks.isActive(Fork.RANDAO, 0);
    Header header =
        new Header(
            Hash.ZERO,
            Address.ZERO,
            stateRoot,
            emptyRoot,
            emptyRoot,
            Bloom.EMPTY,
            blockScore,
            0,
            0,
            time,
            0,
            extra,
            GovernanceData.ofGenesis(forks, parameters),
            Bytes.EMPTY,
            forks.isActive(Fork.MAGMA, 0)
                ? Optional.of(parameters.baseFee().lowerBound())
                : Optional.empty(),
            randao ? Optional.of(Bytes.wrap(new byte[RANDOM_REVEAL_SIZE])) : Optional.empty(),
            randao ? Optional.of(Hash.ZERO.toBytes()) : Optional.empty());
    return Block.of(rule, header, List.of());
  }

  /** Everything that accounts have at first. */
  public Amount supply() {
    Amount before = carried.map(state -> state.origin().supply()).orElse(Amount.ZERO);
    return alloc.values().stream().map(GenesisAccount::balance).reduce(before, Amount::plus);
  }

  /** An empty proposer's seal of 65 zeros and these validators, as Klaytn's genesis has it. */
  public static Bytes extraOf(List<Address> validators) {
    return new ExtraData(ExtraData.EMPTY_VANITY, validators, Bytes.wrap(new byte[65]), List.of())
        .encode();
  }

  /** What a copy may have otherwise. */
  private static final class Copy {
    private final Genesis same;
    long chainId;
    GovernanceParameters parameters;
    long time;
    Bytes extra;
    SortedMap<Address, GenesisAccount> alloc;
    Optional<RandaoRegistry> registry;
    Optional<CarriedState> carried;

    Copy(Genesis same) {
      this.same = same;
      chainId = same.chainId;
      parameters = same.parameters;
      time = same.time;
      extra = same.extra;
      alloc = new TreeMap<>(same.alloc);
      registry = same.registry;
      carried = same.carried;
    }

    Genesis made() {
      return new Genesis(
          chainId,
          same.forks,
          parameters,
          time,
          extra,
          same.blockScore,
          alloc,
          registry,
          same.rebalances,
          carried);
    }
  }

  private Genesis with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.made();
  }

  /** The same genesis with more or other accounts. */
  public Genesis withAccounts(Map<Address, GenesisAccount> accounts) {
    return with(copy -> copy.alloc.putAll(accounts));
  }

  /** The same genesis, which gives nothing to these accounts. */
  public Genesis withoutAccounts(Collection<Address> accounts) {
    return with(copy -> copy.alloc.keySet().removeAll(accounts));
  }

  /** The same genesis under another chain id. */
  public Genesis withChainId(long newChainId) {
    return with(copy -> copy.chainId = newChainId);
  }

  /** The same genesis with other parameters. */
  public Genesis withParameters(GovernanceParameters newParameters) {
    return with(copy -> copy.parameters = newParameters);
  }

  /** The same genesis with other validators. */
  public Genesis withValidators(List<Address> validators) {
    return with(copy -> copy.extra = extraOf(validators.stream().sorted().toList()));
  }

  /** A genesis like this whose only accounts are those of another chain, at that chain's time. */
  Genesis carrying(CarriedState state) {
    return with(
        copy -> {
          copy.time = state.origin().time();
          copy.alloc.clear();
          copy.carried = Optional.of(state);
        });
  }

  /** The same genesis with another form of what is carried on. */
  Genesis withCarried(Optional<CarriedState> state) {
    return with(copy -> copy.carried = state);
  }

  /** The same genesis, whose registry contract has this runtime code. */
  public Genesis withRegistryCode(Bytes code) {
    return with(
        copy ->
            copy.registry =
                registry.map(
                    known ->
                        new RandaoRegistry(known.records(), known.owner(), Optional.of(code))));
  }
}
