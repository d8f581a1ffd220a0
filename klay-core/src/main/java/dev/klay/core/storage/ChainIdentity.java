package dev.klay.core.storage;

import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.proof.SealRule;

/**
 * What a store must know of its chain before it can read a block.
 *
 * @param sealRule by which blocks are sealed, which decides their hashes
 */
public record ChainIdentity(long chainId, SealRule sealRule) {
  public static ChainIdentity of(ChainSpec spec) {
    return new ChainIdentity(spec.chainId(), spec.sealRule());
  }

  @Override
  public String toString() {
    return "chain " + chainId + " sealed by " + sealRule.id();
  }
}
