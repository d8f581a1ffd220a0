package dev.klay.core.importing;

import dev.klay.core.config.Ballot;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a proposer decides about its block.
 *
 * @param key seals the block; its address is the author
 * @param rewardBase is paid the reward and the fees
 * @param timestampMillis of the block, a multiple of 10
 * @param enough asked before each transaction: whether to stop adding
 * @param ballot the proposer's vote on who validates
 */
public record Proposal(
    PrivateKey key,
    Address rewardBase,
    long timestampMillis,
    BooleanSupplier enough,
    Optional<Ballot> ballot) {
  /** A proposal without a ballot. */
  public Proposal(
      PrivateKey key, Address rewardBase, long timestampMillis, BooleanSupplier enough) {
    this(key, rewardBase, timestampMillis, enough, Optional.empty());
  }

  /** The address that COINBASE shows. */
  Address author() {
    return key.address();
  }
}
