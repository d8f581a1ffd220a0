package dev.klay.core.service;

import dev.klay.core.account.Account;
import dev.klay.core.account.Storage;
import dev.klay.core.block.Block;
import dev.klay.core.call.Overrides;
import dev.klay.core.call.Simulation;
import dev.klay.core.config.BlockRules;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.importing.Governance;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.storage.TxLocation;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.FinalityProof;
import dev.klay.crypto.proof.SealRule;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads of one chain by {@link BlockRef}, for whoever serves it. Safe for any thread; each read
 * runs in the caller's thread on immutable values.
 */
public final class ChainReads {
  private static final int ANCESTORS = 256;

  private final Chain chain;

  public ChainReads(Chain chain) {
    this.chain = chain;
  }

  public Chain chain() {
    return chain;
  }

  public ChainHead head() {
    return chain.head();
  }

  /** The number of a block; empty if its hash is unknown. Moving blocks are the head. */
  public Optional<Long> number(BlockRef ref) {
    if (ref instanceof BlockRef.Number number) {
      return Optional.of(number.number());
    }
    if (ref instanceof BlockRef.ByHash byHash) {
      return chain.store().numberOf(byHash.hash());
    }
    return Optional.of(chain.head().number());
  }

  public Optional<StoredBlock> block(BlockRef ref) {
    return number(ref).flatMap(chain.store()::block);
  }

  /**
   * A block that must be there.
   *
   * @throws UnknownBlockException if it is not
   */
  public StoredBlock required(BlockRef ref) {
    return block(ref).orElseThrow(() -> UnknownBlockException.of(ref));
  }

  /**
   * The state after a block.
   *
   * @throws UnknownBlockException if the block is not on the chain, or its state not kept
   */
  public WorldState state(BlockRef ref) {
    if (ref instanceof BlockRef.Tag) {
      return chain.head().state();
    }
    long number = number(ref).orElseThrow(() -> UnknownBlockException.of(ref));
    if (number > chain.head().number()) {
      throw UnknownBlockException.of(ref);
    }
    return chain
        .store()
        .state(number)
        .orElseThrow(
            () -> new UnknownBlockException("the state of block " + number + " is not kept"));
  }

  /** The rules of a block that is next or earlier. */
  public BlockRules rules(long number) {
    Governance governance = chain.head().governance();
    return new BlockRules(
        chain.spec().chainId(),
        number,
        chain.spec().genesis().forks(),
        governance.parameters(number),
        governance.rewardParameters(number),
        chain.spec().sealRule() == SealRule.KLAY_QBFT,
        chain.rulesAfter(chain.head()).impersonation());
  }

  /** The block scores up to a block; behind the genesis every block has 1. */
  public UInt256 totalScore(long number) {
    return chain.spec().genesis().blockScore().plus(UInt256.of(number));
  }

  /** Who made a block; zero for the genesis. */
  public static Address author(Block block) {
    return block.number() == 0 ? Address.ZERO : block.author();
  }

  /** What transactions of a block saw of it. */
  public BlockEnvironment environment(Block block) {
    return BlockEnvironment.of(
        rules(block.number()), block.header(), author(block), n -> ancestor(block.number(), n));
  }

  private Hash ancestor(long current, long number) {
    return number < 0 || number >= current || number < current - ANCESTORS
        ? Hash.ZERO
        : chain.store().block(number).map(b -> b.block().hash()).orElse(Hash.ZERO);
  }

  /**
   * A simulation on the state after a block, as if in that block.
   *
   * @param gasMax gas that a call may use
   */
  public Simulation simulation(BlockRef ref, Overrides overrides, long gasMax) {
    return simulation(ref, overrides, gasMax, () -> false);
  }

  /**
   * The same for a limited time.
   *
   * @param over asked before each of the runs that one question may take
   */
  public Simulation simulation(
      BlockRef ref, Overrides overrides, long gasMax, BooleanSupplier over) {
    Block block = required(ref).block();
    return new Simulation(
        state(BlockRef.number(block.number())), environment(block), overrides, gasMax, over);
  }

  /**
   * The logs that a filter wants, in the order of the chain.
   *
   * @throws LogQueryTooWideException if they are too many, or the range is too long
   * @throws UnknownBlockException if the one block is not on the chain
   */
  public List<LogView> logs(LogFilter filter) {
    return new LogQuery(this, filter).run();
  }

  /** The logs of one block that a filter wants, however many, whatever range it has. */
  public static List<LogView> logsOf(StoredBlock block, LogFilter filter) {
    return LogQuery.ofBlock(block, filter);
  }

  /**
   * What gas cost in so many blocks up to one.
   *
   * @param percentiles 0 to 100, ascending
   */
  public FeeHistory feeHistory(int count, BlockRef newest, List<Double> percentiles) {
    return new FeeHistoryQuery(this, percentiles).run(count, newest);
  }

  /** An account with proofs of it and of these slots. */
  public AccountProof proof(Address address, List<UInt256> slots, BlockRef ref) {
    WorldState state = state(ref);
    Optional<Account> account = state.account(address);
    Storage storage = account.map(Account::storage).orElse(Storage.EMPTY);
    return new AccountProof(
        address,
        state.rootHash(),
        account,
        state.proof(address),
        slots.stream()
            .map(slot -> new AccountProof.SlotProof(slot, storage.get(slot), storage.proof(slot)))
            .toList());
  }

  /** A block as users see it. */
  public BlockView view(StoredBlock stored) {
    Block block = stored.block();
    if (block.number() == 0) {
      return new BlockView(
          block, "genesis", Address.ZERO, stored.supply(), new Finality(Optional.empty()));
    }
    Address author = block.author();
    String name = chain.spec().validatorName(author).orElse(author.toString());
    return new BlockView(block, name, author, stored.supply(), finality(block));
  }

  /** A chain of Klaytn's own is final by its source; its seals bind no chain. */
  private Finality finality(Block block) {
    if (block.number() == 0 || chain.spec().sealRule() != SealRule.KLAY_QBFT) {
      return new Finality(Optional.empty());
    }
    FinalityProof proof = new FinalityProof(chain.genesisHash(), block.header().encode());
    return new Finality(Optional.of(proof));
  }

  /** The receipt at a place that exists. */
  public Receipt receipt(TxLocation location) {
    return receipt(chain.store().block(location.blockNumber()).orElseThrow(), location.index());
  }

  /** The receipt of a block's transaction. */
  public Receipt receipt(StoredBlock stored, int index) {
    Block block = stored.block();
    return new Receipt(
        stored.executed().get(index), block.number(), block.hash(), index, finality(block));
  }
}
