package dev.klay.consensus.node;

import dev.klay.consensus.Checkpoint;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Parent;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.consensus.wire.BlockFormat;
import dev.klay.core.block.Block;
import dev.klay.core.config.Ballot;
import dev.klay.core.importing.BuiltBlock;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.importing.InvalidBlock;
import dev.klay.core.importing.Proposal;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The real chain: blocks of transactions from the pool, executed and stored. */
public final class ExecutedChain implements FinalChain {
  /** Reads blocks of such a chain. */
  public static final BlockFormat FORMAT = ChainBlock.FORMAT;

  private final Chain chain;
  private final TxPool pool;
  private final Optional<PrivateKey> key;
  private final Ballots ballots;
  private final Supplier<BooleanSupplier> budget;
  private final Sealing sealing;
  private final Optional<Checkpoint> checkpoint;

  /**
   * A chain as one node sees it.
   *
   * @param key seals the blocks of a consensus node
   * @param budget for each block: says when no more transactions should be added
   */
  public ExecutedChain(
      Chain chain,
      TxPool pool,
      Optional<PrivateKey> key,
      Ballots ballots,
      Supplier<BooleanSupplier> budget) {
    this(chain, pool, key, ballots, budget, new Sealing(), Optional.empty());
  }

  /** The same, making blocks as a development network wants them, through a known block. */
  public ExecutedChain(
      Chain chain,
      TxPool pool,
      Optional<PrivateKey> key,
      Ballots ballots,
      Supplier<BooleanSupplier> budget,
      Sealing sealing,
      Optional<Checkpoint> checkpoint) {
    this.chain = chain;
    this.pool = pool;
    this.key = key;
    this.ballots = ballots;
    this.budget = budget;
    this.sealing = sealing;
    this.checkpoint = checkpoint;
  }

  @Override
  public Hash genesisHash() {
    return chain.genesisHash();
  }

  @Override
  public Parent head() {
    ChainHead head = chain.head();
    return new Parent(
        head.number(),
        head.hash(),
        head.header().timestampMillis(),
        head.number() == 0 ? Optional.empty() : Optional.of(head.block().author()),
        hashOf(epochStart(head.number())));
  }

  private long epochLength() {
    return chain.spec().genesis().parameters().epoch();
  }

  private long epochStart(long number) {
    return number - number % epochLength();
  }

  private Hash hashOf(long number) {
    return number == chain.head().number()
        ? chain.head().hash()
        : chain.store().block(number).orElseThrow().block().hash();
  }

  @Override
  public ValidatorSet validators() {
    return ValidatorSet.of(chain.head().governance().validators());
  }

  @Override
  public long validatorsKnownUntil() {
    return epochStart(chain.head().number()) + epochLength();
  }

  @Override
  public Optional<ValidatorSet> validatorsOf(long height) {
    if (height > chain.head().number()) {
      return height <= validatorsKnownUntil() ? Optional.of(validators()) : Optional.empty();
    }
    return height < 1
        ? Optional.empty()
        : chain
            .store()
            .block(height)
            .map(stored -> ValidatorSet.of(stored.block().header().extraData().validators()));
  }

  @Override
  public Optional<ProposedBlock> build(Effect.Build build, long timestampMillis) {
    PrivateKey signer = key.orElseThrow();
    Optional<Ballot> ballot = ballots.next(validators(), signer.address(), build.height());
    BuiltBlock built =
        chain.build(
            new Proposal(
                signer,
                sealing.rewardBase().orElse(signer.address()),
                sealing.timeOf(build.height()).orElse(timestampMillis),
                budget.get(),
                ballot),
            pool.candidates());
    pool.remove(built.refused().keySet());
    return Optional.of(new ChainBlock(built.block()));
  }

  @Override
  public Optional<String> validate(ProposedBlock block) {
    return otherThanCheckpoint(block)
        .or(() -> chain.validate(((ChainBlock) block).block()).map(InvalidBlock::toString));
  }

  private Optional<String> otherThanCheckpoint(ProposedBlock block) {
    return checkpoint.flatMap(known -> known.faultOf(block.number(), block.hash()));
  }

  @Override
  public Optional<String> importBlock(FinalBlock block) {
    Block sealed = ((ChainBlock) block.block()).sealedBy(block.certificate());
    Optional<String> fault =
        otherThanCheckpoint(block.block())
            .or(() -> chain.importBlock(sealed).map(InvalidBlock::toString));
    if (fault.isEmpty() && epochStart(sealed.number()) == sealed.number()) {
      ballots.settle(validators());
    }
    return fault;
  }

  @Override
  public Optional<FinalBlock> block(long number) {
    return number < 1
        ? Optional.empty()
        : chain.store().block(number).map(stored -> ChainBlock.ofSealed(stored.block()));
  }

  @Override
  public Optional<String> certificateFault(FinalBlock block, ValidatorSet validators) {
    return block.certificate().blockHash().equals(block.hash())
        ? block.certificate().findFault(genesisHash(), validators.addresses())
        : Optional.of("the certificate is of another block");
  }

  @Override
  public boolean hasWork() {
    return sealing.isAutomatic() && pool.readyCount() > 0
        || key.filter(k -> ballots.isOpen(validators(), k.address())).isPresent();
  }
}
