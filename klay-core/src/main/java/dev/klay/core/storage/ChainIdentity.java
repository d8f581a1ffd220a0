package dev.klay.core.storage;

import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.SealRule;
import java.util.Optional;

/**
 * What a store must know of its chain before it can read a block.
 *
 * @param sealRule by which blocks are sealed, which decides their hashes
 * @param parametersHash of what its nodes agree on ({@link ChainSpec#parametersHash}); empty for
 *     who only reads
 */
public record ChainIdentity(long chainId, SealRule sealRule, Optional<Hash> parametersHash) {
  /** The identity for who only reads. */
  public ChainIdentity(long chainId, SealRule sealRule) {
    this(chainId, sealRule, Optional.empty());
  }

  public static ChainIdentity of(ChainSpec spec) {
    return new ChainIdentity(spec.chainId(), spec.sealRule(), Optional.of(spec.parametersHash()));
  }

  @Override
  public String toString() {
    return "chain " + chainId + " sealed by " + sealRule.id();
  }
}
