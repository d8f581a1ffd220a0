package dev.klay.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the nodes of a chain must agree on: genesis, rules and consensus parameters. Immutable;
 * the {@code with} methods give changed copies.
 *
 * <pre>{@code
 * ChainSpec spec = ChainSpec.aspen().withValidators(4).withBlockPeriod(Duration.ofMillis(200));
 * }</pre>
 *
 * @param name of the network
 * @param blockPeriodMillis from one block to the next; 0 seals as soon as there is a transaction
 * @param emptyPeriodMillis after which a block is made though it is empty; 0 with a block period of
 *     0 means never
 * @param maxDriftMillis how far a block's time may be ahead of a validator's clock
 * @param blockSizeMaxBytes of a block's RLP
 * @param blockGasMax gas that the transactions of one block may use together
 * @param faucet what a faucet gives and when again, where the chain has one
 * @param proposerWeights how often a validator proposes under the policy WEIGHTED, 1 to {@value
 *     ProposerPolicy#WEIGHT_MAX}, by ascending address; who is not listed weighs 1
 */
public record ChainSpec(
    String name,
    NetworkKind kind,
    Genesis genesis,
    SealRule sealRule,
    ProposerPolicy proposerPolicy,
    long blockPeriodMillis,
    long emptyPeriodMillis,
    long maxDriftMillis,
    int blockSizeMaxBytes,
    long blockGasMax,
    Optional<FaucetRule> faucet,
    SortedMap<Address, Integer> proposerWeights) {
  /** Chain id of the Aspen test network, also its network id. */
  public static final long ASPEN_CHAIN_ID = 1000;

  private static final int ASPEN_VALIDATORS = 13;
  private static final long ASPEN_TIME = 1_538_956_800; // 2018-10-08, the day it opened
  private static final Amount FAUCET_FUNDS = Amount.klay(10_000_000_000L);
  private static final int BLOCK_SIZE_MAX = 8 << 20;
  private static final long BLOCK_GAS_MAX = 500_000_000;

  public ChainSpec {
    if (blockPeriodMillis < 0 || emptyPeriodMillis < 0 || blockPeriodMillis % 10 != 0) {
      throw new IllegalArgumentException(
          "periods are not negative and a multiple of 10 ms: " + blockPeriodMillis);
    }
    if (kind == NetworkKind.MAIN && faucet.isPresent()) {
      throw new IllegalArgumentException("a chain of kind MAIN has no faucet");
    }
    if (proposerPolicy != ProposerPolicy.WEIGHTED && !proposerWeights.isEmpty()) {
      throw new IllegalArgumentException("weights need the policy WEIGHTED, not " + proposerPolicy);
    }
    proposerWeights.forEach(ProposerPolicy::ensureWeight);
    proposerWeights = Collections.unmodifiableSortedMap(new TreeMap<>(proposerWeights));
  }

  /** A chain whose proposers all weigh the same. */
  public ChainSpec(
      String name,
      NetworkKind kind,
      Genesis genesis,
      SealRule sealRule,
      ProposerPolicy proposerPolicy,
      long blockPeriodMillis,
      long emptyPeriodMillis,
      long maxDriftMillis,
      int blockSizeMaxBytes,
      long blockGasMax,
      Optional<FaucetRule> faucet) {
    this(
        name,
        kind,
        genesis,
        sealRule,
        proposerPolicy,
        blockPeriodMillis,
        emptyPeriodMillis,
        maxDriftMillis,
        blockSizeMaxBytes,
        blockGasMax,
        faucet,
        Collections.emptySortedMap());
  }

  /**
   * The Aspen test network of 2018: 13 validators Node01 to Node13 in turn, a block a second, 25
   * ston for a unit of gas, a faucet of 1,000 KLAY. The validators' keys are published.
   */
  public static ChainSpec aspen() {
    Genesis genesis =
        new Genesis(
                ASPEN_CHAIN_ID,
                ForkSchedule.allFromGenesis(Fork.CANCUN),
                aspenParameters(),
                ASPEN_TIME,
                Genesis.extraOf(DevKeys.validatorAddresses(ASPEN_VALIDATORS)),
                UInt256.ONE,
                new TreeMap<>(),
                Optional.empty())
            .withAccounts(Map.of(DevKeys.faucetAddress(), GenesisAccount.of(FAUCET_FUNDS)));
    return new ChainSpec(
        "aspen",
        NetworkKind.TEST,
        genesis,
        SealRule.KLAY_QBFT,
        ProposerPolicy.ROUND_ROBIN,
        1000,
        1000,
        500,
        BLOCK_SIZE_MAX,
        BLOCK_GAS_MAX,
        Optional.of(FaucetRule.ASPEN));
  }

  /**
   * A chain of Klaytn's from its genesis file: made by Klaytn's nodes, imported and read here. Its
   * blocks have no limits but Klaytn's own.
   */
  public static ChainSpec klaytn(Genesis genesis) {
    return new ChainSpec(
        "klaytn-" + genesis.chainId(),
        NetworkKind.TEST,
        genesis,
        SealRule.ISTANBUL,
        ProposerPolicy.ROUND_ROBIN,
        1000,
        1000,
        1000,
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        Optional.empty());
  }

  /**
   * A chain of our own from a genesis file: its accounts, forks, parameters and validators, sealed
   * by our rule, with Aspen's period and limits.
   *
   * @throws InvalidGenesisException if the file names no validators, or has what only Klaytn's own
   *     chains have: Randao's headers, rewards by stakes
   */
  public static ChainSpec ofGenesis(Genesis genesis) {
    if (genesis.validators().isEmpty()) {
      throw new InvalidGenesisException("extraData: names no validators");
    }
    if (genesis.forks().firstBlock(Fork.RANDAO).isPresent()) {
      throw new InvalidGenesisException(
          "config.randaoCompatibleBlock: a chain sealed here leaves Randao off");
    }
    if (genesis.parameters().policy() > 1) {
      throw new InvalidGenesisException(
          "config.istanbul.policy: a chain sealed here has policy 0 or 1, no stakes");
    }
    ChainSpec aspen = aspen();
    return new ChainSpec(
        "klay-" + genesis.chainId(),
        NetworkKind.TEST,
        genesis,
        aspen.sealRule,
        genesis.parameters().policy() == 1 ? ProposerPolicy.STICKY : ProposerPolicy.ROUND_ROBIN,
        aspen.blockPeriodMillis,
        aspen.emptyPeriodMillis,
        aspen.maxDriftMillis,
        aspen.blockSizeMaxBytes,
        aspen.blockGasMax,
        Optional.empty());
  }

  /** A chain for development: one validator, sealing on demand, otherwise as {@link #aspen}. */
  public static ChainSpec development() {
    ChainSpec aspen = aspen().withValidators(1).withBlockPeriod(Duration.ZERO);
    return new ChainSpec(
        "development",
        NetworkKind.DEVELOPMENT,
        aspen.genesis,
        aspen.sealRule,
        aspen.proposerPolicy,
        aspen.blockPeriodMillis,
        aspen.emptyPeriodMillis,
        aspen.maxDriftMillis,
        aspen.blockSizeMaxBytes,
        aspen.blockGasMax,
        aspen.faucet);
  }

  /** Equal bounds fix the base fee at 25 ston; half of the fees is burnt from Magma on. */
  private static GovernanceParameters aspenParameters() {
    Map<GovernanceKey, JsonNode> named = new EnumMap<>(GovernanceKey.class);
    named.put(GovernanceKey.UNIT_PRICE, LongNode.valueOf(25_000_000_000L));
    named.put(GovernanceKey.LOWER_BOUND_BASE_FEE, LongNode.valueOf(25_000_000_000L));
    named.put(GovernanceKey.UPPER_BOUND_BASE_FEE, LongNode.valueOf(25_000_000_000L));
    named.put(GovernanceKey.MINTING_AMOUNT, TextNode.valueOf("9600000000000000000"));
    named.put(GovernanceKey.DEFERRED_TX_FEE, BooleanNode.TRUE);
    named.put(GovernanceKey.EPOCH, LongNode.valueOf(600));
    return GovernanceParameters.DEFAULT.with(named);
  }

  /**
   * Reads what {@link #toJson} wrote: Klaytn's genesis.json with an object {@code config.klay}.
   *
   * @throws InvalidGenesisException naming the field that is missing or malformed
   */
  public static ChainSpec parse(String json) {
    return ChainSpecJson.read(json);
  }

  /** All of it as one file, for the nodes of a network on several machines. */
  public String toJson() {
    return ChainSpecJson.write(this);
  }

  public long chainId() {
    return genesis.chainId();
  }

  /** The validators of the first block. */
  public List<Address> validators() {
    return genesis.validators().stream().sorted().toList();
  }

  /** The name of a genesis validator: Node01, Node02, ... in ascending order of addresses. */
  public Optional<String> validatorName(Address validator) {
    int index = validators().indexOf(validator);
    return index < 0 ? Optional.empty() : Optional.of(nodeName(index));
  }

  /** The name of the validator at an index of the ascending list: Node01 at 0. */
  public static String nodeName(int index) {
    return "Node" + (index < 9 ? "0" : "") + (index + 1);
  }

  /**
   * The tokens for demonstration that partners may issue on this chain, by symbol: their issuers'
   * keys are published, so there are none on a chain of kind MAIN.
   */
  public List<String> partnerTokens() {
    return kind == NetworkKind.MAIN ? List.of() : DevKeys.PARTNER_TOKENS;
  }

  /** The same chain with so many validators, whose keys are published. */
  public ChainSpec withValidators(int count) {
    return withValidators(DevKeys.validatorAddresses(count));
  }

  /** The same chain with these validators. */
  public ChainSpec withValidators(List<Address> validators) {
    if (validators.isEmpty() || validators.stream().distinct().count() != validators.size()) {
      throw new IllegalArgumentException("validators are distinct and at least one");
    }
    return withGenesis(genesis.withValidators(validators));
  }

  /** The same chain under another chain id. */
  public ChainSpec withChainId(long chainId) {
    return withGenesis(genesis.withChainId(chainId));
  }

  /** The same chain with more accounts, each with this balance. */
  public ChainSpec withAccounts(List<Address> accounts, Amount balance) {
    Map<Address, GenesisAccount> added = new TreeMap<>();
    accounts.forEach(address -> added.put(address, GenesisAccount.of(balance)));
    return withGenesis(genesis.withAccounts(added));
  }

  /**
   * The chain that follows this one: its rules and validators, and the accounts that it ended with,
   * under another id. So whatever was signed for the old chain is refused on the new one. Blocks
   * count from zero again, at the time of the last block of the old chain. A chain of kind MAIN has
   * no faucet.
   *
   * @param state read with {@code StateFileReader}; the validators are those that it names
   * @throws InvalidGenesisException if the id is that of the old chain, or if the chain is of kind
   *     MAIN and an account with a published key comes along
   */
  public ChainSpec promoted(String newName, NetworkKind newKind, long chainId, CarriedState state) {
    StateOrigin origin = state.origin();
    if (chainId == origin.chainId()) {
      throw new InvalidGenesisException(
          "chainId: what was signed for chain "
              + chainId
              + " would be good on the new one, too; take another id");
    }
    if (sealRule != SealRule.KLAY_QBFT) {
      throw new InvalidGenesisException(
          "a chain sealed by " + sealRule.id() + " is imported, none follows it");
    }
    ensureNothingPublished(newKind, state);
    return new ChainSpec(
        newName,
        newKind,
        genesis.carrying(state).withChainId(chainId).withValidators(origin.validators()),
        sealRule,
        proposerPolicy,
        blockPeriodMillis,
        emptyPeriodMillis,
        maxDriftMillis,
        blockSizeMaxBytes,
        blockGasMax,
        newKind == NetworkKind.MAIN ? Optional.empty() : faucet,
        proposerWeights);
  }

  /**
   * The same chain with the state that its specification, read from a file, only names. A node
   * needs it to begin the chain, not to go on with it.
   *
   * @throws InvalidGenesisException if the chain starts from no state, or from another one
   */
  public ChainSpec withState(CarriedState state) {
    if (!genesis.carried().equals(Optional.of(state))) {
      throw new InvalidGenesisException(
          "this chain starts from "
              + genesis.carried().map(CarriedState::toString).orElse("its genesis file alone")
              + ", not from "
              + state);
    }
    ensureNothingPublished(kind, state);
    return withGenesis(genesis.withCarried(Optional.of(state)));
  }

  private static void ensureNothingPublished(NetworkKind kind, CarriedState state) {
    if (kind == NetworkKind.MAIN) {
      state
          .firstOf(DevKeys.publishedAddresses())
          .ifPresent(
              address -> {
                throw new InvalidGenesisException(
                    "account "
                        + address
                        + " has a published key, so anybody can spend what it owns: leave such"
                        + " accounts out, state.without(DevKeys.publishedAddresses())");
              });
    }
  }

  /** The same rules from another genesis. */
  public ChainSpec withGenesis(Genesis other) {
    return with(other, proposerPolicy, blockPeriodMillis, emptyPeriodMillis, proposerWeights);
  }

  /** The same chain with another time between blocks, and empty blocks at the same pace. */
  public ChainSpec withBlockPeriod(Duration period) {
    long millis = period.toMillis();
    return with(genesis, proposerPolicy, millis, millis, proposerWeights);
  }

  /** The same chain, where an empty block is made only after this time. */
  public ChainSpec withEmptyPeriod(Duration period) {
    return with(genesis, proposerPolicy, blockPeriodMillis, period.toMillis(), proposerWeights);
  }

  /** The same chain, where others propose; weights are equal. */
  public ChainSpec withProposerPolicy(ProposerPolicy policy) {
    return with(
        genesis, policy, blockPeriodMillis, emptyPeriodMillis, Collections.emptySortedMap());
  }

  /**
   * The same chain, where each validator proposes as often as it weighs, in an order that each
   * epoch's block shuffles.
   *
   * @param weights 1 to {@value ProposerPolicy#WEIGHT_MAX}; who is not listed weighs 1
   */
  public ChainSpec withProposerWeights(Map<Address, Integer> weights) {
    return with(
        genesis,
        ProposerPolicy.WEIGHTED,
        blockPeriodMillis,
        emptyPeriodMillis,
        new TreeMap<>(weights));
  }

  private ChainSpec with(
      Genesis newGenesis,
      ProposerPolicy policy,
      long blockMillis,
      long emptyMillis,
      SortedMap<Address, Integer> weights) {
    return new ChainSpec(
        name,
        kind,
        newGenesis,
        sealRule,
        policy,
        blockMillis,
        emptyMillis,
        maxDriftMillis,
        blockSizeMaxBytes,
        blockGasMax,
        faucet,
        weights);
  }

  /**
   * Stands for what the nodes of a chain must agree on beyond its genesis block: who proposes, and
   * when, and what a block may hold. Two nodes with other parameters would not agree on blocks, so
   * a store and a peer with another hash are refused. Keccak-256 of RLP([policy, period, empty
   * period, drift, block size, block gas, [[address, weight], ...]]).
   */
  public Hash parametersHash() {
    Bytes content =
        RlpWriter.encodeList(
            w ->
                w.bytes(proposerPolicy.name().getBytes(StandardCharsets.US_ASCII))
                    .integer(blockPeriodMillis)
                    .integer(emptyPeriodMillis)
                    .integer(maxDriftMillis)
                    .integer(blockSizeMaxBytes)
                    .integer(blockGasMax)
                    .list(
                        list ->
                            proposerWeights.forEach(
                                (address, weight) ->
                                    list.list(pair -> pair.address(address).integer(weight)))));
    return Keccak256.hash(content);
  }
}
