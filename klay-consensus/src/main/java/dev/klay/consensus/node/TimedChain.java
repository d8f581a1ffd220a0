package dev.klay.consensus.node;

import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Parent;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.metrics.Metrics.Span;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.primitive.Hash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Measures how long a chain's work takes, and how long blocks take to become final. */
final class TimedChain implements FinalChain {
  /** Proposals of one height whose beginning is remembered. */
  private static final int PROPOSALS_MAX = 16;

  private final FinalChain chain;
  private final Metrics metrics;
  private final Map<Hash, Long> seenNanos = new LinkedHashMap<>();

  TimedChain(FinalChain chain, Metrics metrics) {
    this.chain = chain;
    this.metrics = metrics;
  }

  private void seen(Hash hash, long nanos) {
    if (seenNanos.size() < PROPOSALS_MAX) {
      seenNanos.putIfAbsent(hash, nanos);
    }
  }

  @Override
  public Optional<ProposedBlock> build(Effect.Build build, long timestampMillis) {
    long start = System.nanoTime();
    Optional<ProposedBlock> built = chain.build(build, timestampMillis);
    long end = System.nanoTime();
    metrics.time(Span.BUILD, end - start);
    built.ifPresent(block -> seen(block.hash(), end));
    return built;
  }

  @Override
  public Optional<String> validate(ProposedBlock block) {
    long start = System.nanoTime();
    seen(block.hash(), start);
    Optional<String> fault = chain.validate(block);
    metrics.time(Span.VALIDATE, System.nanoTime() - start);
    return fault;
  }

  @Override
  public Optional<String> importBlock(FinalBlock block) {
    long start = System.nanoTime();
    Optional<String> fault = chain.importBlock(block);
    long end = System.nanoTime();
    if (fault.isEmpty()) {
      metrics.time(Span.IMPORT, end - start);
      Long seen = seenNanos.get(block.hash());
      if (seen != null) {
        metrics.time(Span.PROPOSAL_TO_FINAL, end - seen);
      }
      seenNanos.clear();
    }
    return fault;
  }

  @Override
  public Hash genesisHash() {
    return chain.genesisHash();
  }

  @Override
  public Parent head() {
    return chain.head();
  }

  @Override
  public ValidatorSet validators() {
    return chain.validators();
  }

  @Override
  public long validatorsKnownUntil() {
    return chain.validatorsKnownUntil();
  }

  @Override
  public Optional<FinalBlock> block(long number) {
    return chain.block(number);
  }

  @Override
  public Optional<String> certificateFault(FinalBlock block, ValidatorSet validators) {
    return chain.certificateFault(block, validators);
  }

  @Override
  public Optional<ValidatorSet> validatorsOf(long height) {
    return chain.validatorsOf(height);
  }

  @Override
  public boolean hasWork() {
    return chain.hasWork();
  }
}
