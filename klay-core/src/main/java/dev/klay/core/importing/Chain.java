package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.execution.BlockOutcome;
import dev.klay.core.execution.StakingInfo;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.ChainIdentity;
import dev.klay.core.storage.ChainStore;
import dev.klay.core.storage.ForeignStoreException;
import dev.klay.core.storage.ForkableChainStore;
import dev.klay.core.storage.Storage;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.SealRule;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One chain of final blocks: validates, builds and imports the next one. Any thread may read {@link
 * #head()} and what hangs on it; building, validating and importing wait for each other.
 */
public final class Chain implements AutoCloseable {
  /** Is told of every import, in the importing thread, after the head has moved. */
  public interface Listener {
    void imported(ChainHead head, StoredBlock block);

    /** The head is another now, and not because of a block that follows the old one. */
    default void replaced(ChainHead head) {}
  }

  /** Validated blocks whose outcome is kept until one of them is imported. */
  private static final int VALIDATED_MAX = 8;

  private static final int ANCESTORS = 256;

  private final ChainSpec spec;
  private final ChainStore store;
  private final Hash genesisHash;
  private final HeaderRules headers;
  private final RandaoVerifier randao;
  private final BlockProcessor processor;
  private final BlockBuilder builder;
  private final StakingHistory staking;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Map<Hash, Execution> validated = new LinkedHashMap<>();
  private volatile ChainHead head;
  private volatile boolean cheats;

  /** The chain in a storage: continued where it ended, or begun. Closing it closes the store. */
  public static Chain open(ChainSpec spec, Storage storage) {
    ChainStore store = storage.open(ChainIdentity.of(spec));
    boolean opened = false;
    try {
      Chain chain = new Chain(spec, store);
      opened = true;
      return chain;
    } finally {
      if (!opened) {
        store.close();
      }
    }
  }

  /**
   * A chain that continues what the store holds, or starts with its genesis if that is empty.
   *
   * @throws ForeignStoreException if the store holds another chain
   */
  public Chain(ChainSpec spec, ChainStore store) {
    this(spec, store, new RegisteredKeys(spec));
  }

  /** The same, where random reveals are checked otherwise than by registered keys. */
  public Chain(ChainSpec spec, ChainStore store, RandaoVerifier randao) {
    this(spec, store, randao, Optional.empty());
  }

  private Chain(
      ChainSpec spec, ChainStore store, RandaoVerifier randao, Optional<ChainValue> from) {
    this.spec = spec;
    this.store = store;
    this.headers = new HeaderRules(spec, randao);
    this.randao = randao;
    ForkUpgrades upgrades = new ForkUpgrades(spec.genesis());
    this.processor = new BlockProcessor(spec, upgrades, this::ancestor);
    this.builder = new BlockBuilder(spec, upgrades, this::ancestor);
    this.staking = new StakingHistory(spec, store);
    this.genesisHash =
        from.filter(value -> value.spec().equals(spec)) // a large genesis takes its time
            .map(ChainValue::genesisHash)
            .orElseGet(() -> openGenesis(spec, store));
    this.head = from.map(ChainValue::head).orElseGet(this::storedHead);
    staking.imported(head);
  }

  /**
   * A chain of its own, with cheats, that goes on from a value: in the time of a few references, if
   * the value is of a chain of the same specification.
   *
   * @throws CheatsRefusedException if the chain is of kind MAIN
   * @throws IllegalArgumentException if the value is of another chain
   */
  public static Chain from(ChainSpec spec, ChainValue value) {
    ChainStore store = new ForkableChainStore(value.content());
    Chain chain = new Chain(spec, store, new RegisteredKeys(spec), Optional.of(value));
    chain.ensureSameChain(value);
    chain.allowCheats();
    return chain;
  }

  private static Hash openGenesis(ChainSpec spec, ChainStore store) {
    if (store.lastNumber() >= 0) {
      return spec.genesis().block(spec.sealRule(), spec.genesis().stateRoot()).hash();
    }
    WorldState state = spec.genesis().state();
    Block genesis = spec.genesis().block(spec.sealRule(), state);
    store.append(new StoredBlock(genesis, List.of(), spec.genesis().supply()), state);
    return genesis.hash();
  }

  /** The head as the store has it, which is where every import ends and a restart begins. */
  private ChainHead storedHead() {
    Hash first = store.block(0).orElseThrow().block().hash();
    if (!first.equals(genesisHash)) {
      throw new ForeignStoreException(
          "the store holds the chain with genesis " + first + ", not " + genesisHash);
    }
    long last = store.lastNumber();
    StoredBlock stored = store.block(last).orElseThrow();
    WorldState state = store.state(last).orElseThrow();
    return new ChainHead(
        stored.block(), state, Replay.upTo(last, governance(spec), store), stored.supply());
  }

  private static Governance governance(ChainSpec spec) {
    return spec.sealRule() == SealRule.ISTANBUL
        ? KlaytnGovernance.of(spec.genesis())
        : new EpochGovernance(
            EpochCouncil.of(spec.genesis().validators(), spec.genesis().parameters().epoch()),
            spec.genesis().parameters());
  }

  public ChainSpec spec() {
    return spec;
  }

  /** Identity of the chain. */
  public Hash genesisHash() {
    return genesisHash;
  }

  /** The last block, its state and what the next one must fit. */
  public ChainHead head() {
    return head;
  }

  /** Where blocks, receipts and past states are read. */
  public ChainStore store() {
    return store;
  }

  public void addListener(Listener listener) {
    listeners.add(listener);
  }

  public void removeListener(Listener listener) {
    listeners.remove(listener);
  }

  /** The rules of the block behind a head. */
  public BlockRules rulesAfter(ChainHead parent) {
    long number = parent.number() + 1;
    return new BlockRules(
        spec.chainId(),
        number,
        spec.genesis().forks(),
        parent.governance().parameters(number),
        parent.governance().rewardParameters(number),
        spec.sealRule() == SealRule.KLAY_QBFT,
        cheats);
  }

  /** The base fee of the block behind a head; zero before Magma. */
  public Amount nextBaseFee(ChainHead parent) {
    return HeaderRules.nextBaseFee(rulesAfter(parent), parent.header()).orElse(Amount.ZERO);
  }

  /**
   * Makes the block behind the head from transactions in their order, as many as fit.
   *
   * @throws IllegalStateException on a chain of which not all is known that the block depends on
   */
  public synchronized BuiltBlock build(Proposal proposal, Iterator<SignedTx> candidates) {
    ChainHead parent = head;
    BlockRules rules = rulesAfter(parent);
    StakingHistory.Stakes stakes = staking.of(rules, parent);
    StakingInfo info =
        stakes.info().orElseThrow(() -> new IllegalStateException(stakes.fault().toString()));
    BuiltBlock built = builder.build(parent, rules, info, proposal, candidates);
    keep(built.execution());
    return built;
  }

  /**
   * Executes a block on the head and compares all its header says; committed seals are not looked
   * at. The answer depends on the chain only.
   *
   * @return why it cannot be the next block, empty if it can
   */
  public synchronized Optional<InvalidBlock> validate(Block block) {
    Execution known = validated.get(block.hash());
    if (known != null && known.block().transactions().equals(block.transactions())) {
      return Optional.empty(); // the hash alone would not do: a wrong body may come under it
    }
    ChainHead parent = head;
    BlockRules rules = rulesAfter(parent);
    StakingHistory.Stakes stakes = staking.of(rules, parent);
    if (stakes.fault().isPresent()) {
      return stakes.fault();
    }
    StakingInfo info = stakes.info().orElseThrow();
    try {
      List<Address> qualified =
          StakingHistory.qualified(parent.governance().validators(), rules, info);
      Optional<InvalidBlock> fault = headers.check(block, rules, parent, qualified);
      if (fault.isPresent()) {
        return fault;
      }
      BlockProcessor.Processed processed = processor.process(block, rules, parent, info);
      processed.execution().ifPresent(this::keep);
      return processed.fault();
    } catch (DecodingException e) {
      return HeaderRules.invalid(Reason.EXTRA_DATA, String.valueOf(e.getMessage()));
    }
  }

  private void keep(Execution execution) {
    if (validated.size() >= VALIDATED_MAX) {
      Iterator<Hash> oldest = validated.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    validated.put(execution.block().hash(), execution);
  }

  /** Whether the block's committed seals make it final, given that its parent is the head. */
  public synchronized Optional<InvalidBlock> checkCertificate(Block block) {
    ChainHead parent = head;
    BlockRules rules = rulesAfter(parent);
    StakingHistory.Stakes stakes = staking.of(rules, parent);
    if (stakes.fault().isPresent()) {
      return stakes.fault();
    }
    List<Address> qualified =
        StakingHistory.qualified(
            parent.governance().validators(), rules, stakes.info().orElseThrow());
    return CertificateRules.check(
        spec.sealRule(), genesisHash, block, parent.governance(), qualified);
  }

  /**
   * Does on several cores what importing these blocks will need: recovers who sent their
   * transactions and proposed them, verifies their random reveals.
   */
  void lookAhead(List<Block> blocks) {
    blocks.parallelStream()
        .flatMap(block -> block.transactions().stream())
        .forEach(SignedTx::recoverAhead);
    List<Block> proposed = blocks.parallelStream().filter(Chain::hasAuthor).toList();
    synchronized (this) {
      randao.lookAhead(proposed, head);
    }
  }

  private static boolean hasAuthor(Block block) {
    try {
      return !block.author().equals(Address.ZERO);
    } catch (DecodingException unsealed) {
      return false; // its import will say so
    }
  }

  /**
   * Appends a final block: certificate, header and execution are checked, then the head moves. On a
   * fault nothing has changed.
   *
   * @return why it was refused, empty if it is the head now
   */
  public Optional<InvalidBlock> importBlock(Block block) {
    StoredBlock stored;
    synchronized (this) {
      Optional<InvalidBlock> fault =
          checkLink(block).or(() -> checkCertificate(block)).or(() -> validate(block));
      if (fault.isPresent()) {
        return fault;
      }
      stored = append(block);
    }
    ChainHead now = head;
    listeners.forEach(listener -> listener.imported(now, stored));
    return Optional.empty();
  }

  private Optional<InvalidBlock> checkLink(Block block) {
    return block.header().parentHash().equals(head.hash())
        ? Optional.empty()
        : HeaderRules.invalid(
            Reason.UNKNOWN_PARENT,
            "block " + block.number() + " does not follow the head, block " + head.number());
  }

  private StoredBlock append(Block block) {
    Execution execution = validated.get(block.hash());
    if (execution == null) {
      throw new AssertionError("a validated block has no outcome: " + block);
    }
    BlockOutcome outcome = execution.outcome();
    ChainHead parent = head;
    Amount supply = parent.supply().plus(outcome.minted()).minus(outcome.burnt());
    StoredBlock stored = new StoredBlock(block, outcome.executed(), supply);
    store.append(stored, outcome.state());
    head =
        new ChainHead(
            block,
            store.state(block.number()).orElseThrow(), // the same, held as the store holds it
            parent.governance().after(block.header(), block.author()),
            supply);
    staking.imported(head);
    validated.clear();
    return stored;
  }

  // For development

  /**
   * Lets this chain be taken as a value, put back and adjusted, and lets it execute transactions of
   * impersonated accounts, from now on.
   *
   * @throws CheatsRefusedException on a chain of kind MAIN, and one that is not kept in a {@link
   *     ForkableChainStore}
   */
  public void allowCheats() {
    if (spec.kind() == NetworkKind.MAIN) {
      throw new CheatsRefusedException(
          "a chain of kind MAIN has no cheats: start one of kind TEST or DEVELOPMENT");
    }
    if (!(store instanceof ForkableChainStore)) {
      throw new CheatsRefusedException(
          "cheats need a chain in memory that can be forked, not one in "
              + store.getClass().getSimpleName());
    }
    cheats = true;
  }

  private ForkableChainStore forkable() {
    if (cheats && store instanceof ForkableChainStore forkable) {
      return forkable;
    }
    throw new CheatsRefusedException("this chain was started without cheats");
  }

  /**
   * The chain as it is.
   *
   * @throws CheatsRefusedException without {@link #allowCheats}
   */
  public synchronized ChainValue value() {
    return new ChainValue(spec, genesisHash, head, forkable().content());
  }

  /**
   * Goes on from a value, as if nothing had happened since it was taken.
   *
   * @throws CheatsRefusedException without {@link #allowCheats}
   * @throws IllegalArgumentException if it is of another chain
   */
  public void restore(ChainValue value) {
    ensureSameChain(value);
    synchronized (this) {
      forkable().restore(value.content());
      head = value.head();
      validated.clear();
    }
    listeners.forEach(listener -> listener.replaced(value.head()));
  }

  /**
   * Refuses a value of another chain.
   *
   * @throws IllegalArgumentException if genesis or chain id differ
   */
  public void ensureSameChain(ChainValue value) {
    if (!value.genesisHash().equals(genesisHash) || value.spec().chainId() != spec.chainId()) {
      throw new IllegalArgumentException(
          "the snapshot is of chain "
              + value.spec().chainId()
              + " with genesis "
              + value.genesisHash()
              + ", not of "
              + spec.chainId()
              + " with "
              + genesisHash);
    }
  }

  /**
   * Puts another state behind the head, which the next block is built on and tells of ({@link
   * InvalidBlock.Reason#ADJUSTED_STATE}). The head's block stays what it is.
   *
   * @param supply all KLAY there is in that state
   * @throws CheatsRefusedException without {@link #allowCheats}
   */
  public void adjust(WorldState state, Amount supply) {
    ChainHead adjusted;
    synchronized (this) {
      forkable().replaceLastState(state);
      adjusted = new ChainHead(head.block(), state, head.governance(), supply);
      head = adjusted;
      validated.clear();
    }
    listeners.forEach(listener -> listener.replaced(adjusted));
  }

  private Hash ancestor(long number) {
    long next = head.number() + 1;
    return number < 0 || number >= next || number < next - ANCESTORS
        ? Hash.ZERO
        : store.block(number).map(b -> b.block().hash()).orElse(Hash.ZERO);
  }

  @Override
  public void close() {
    store.close();
  }
}
