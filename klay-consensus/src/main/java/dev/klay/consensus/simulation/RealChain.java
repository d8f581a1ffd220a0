package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.bft.Parent;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.node.Ballots;
import dev.klay.consensus.node.ExecutedChain;
import dev.klay.consensus.node.FinalChain;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The real chain of a simulated node: transactions, execution and state as in production. */
final class RealChain implements FinalChain {
  private final Chain chain;
  private final TxPool pool;
  private final ExecutedChain executed;

  RealChain(ChainSpec spec, MessageSigner signer, Ballots ballots) {
    chain = new Chain(spec, new InMemoryChainStore());
    ChainHead head = chain.head();
    InstantSource still = InstantSource.fixed(Instant.EPOCH); // nothing expires from this pool
    pool =
        new TxPool(
            PoolLimits.DEFAULT,
            still,
            head.state(),
            chain.rulesAfter(head),
            chain.nextBaseFee(head));
    chain.addListener(
        (now, block) ->
            pool.advance(
                now.state(),
                chain.rulesAfter(now),
                chain.nextBaseFee(now),
                block.block().transactions()));
    Optional<PrivateKey> key =
        signer instanceof RealSigner real ? Optional.of(real.key()) : Optional.empty();
    executed = new ExecutedChain(chain, pool, key, ballots, () -> () -> false);
  }

  void submit(SignedTx transaction) {
    pool.add(transaction);
  }

  ChainHead state() {
    return chain.head();
  }

  @Override
  public Hash genesisHash() {
    return executed.genesisHash();
  }

  @Override
  public Parent head() {
    return executed.head();
  }

  @Override
  public ValidatorSet validators() {
    return executed.validators();
  }

  @Override
  public long validatorsKnownUntil() {
    return executed.validatorsKnownUntil();
  }

  @Override
  public Optional<ProposedBlock> build(Effect.Build build, long timestampMillis) {
    return executed.build(build, timestampMillis);
  }

  @Override
  public Optional<String> validate(ProposedBlock block) {
    return executed.validate(block);
  }

  @Override
  public Optional<String> importBlock(FinalBlock block) {
    return executed.importBlock(block);
  }

  @Override
  public Optional<FinalBlock> block(long number) {
    return executed.block(number);
  }

  @Override
  public Optional<String> certificateFault(FinalBlock block, ValidatorSet validators) {
    return executed.certificateFault(block, validators);
  }

  @Override
  public Optional<ValidatorSet> validatorsOf(long height) {
    return executed.validatorsOf(height);
  }

  @Override
  public boolean hasWork() {
    return executed.hasWork();
  }
}
