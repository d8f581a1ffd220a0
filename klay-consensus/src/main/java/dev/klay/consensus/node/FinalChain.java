package dev.klay.consensus.node;

import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Parent;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.primitive.Hash;
import java.util.Optional;

/**
 * The chain of final blocks as a node's logic sees it: the real one with executed transactions, or
 * a light one of the simulator.
 */
public interface FinalChain {
  Hash genesisHash();

  /** The last final block. */
  Parent head();

  /** The validators of the next height. */
  ValidatorSet validators();

  /** The highest height whose validators are those of the next one, whatever its blocks say. */
  long validatorsKnownUntil();

  /**
   * Makes and seals the block behind the head.
   *
   * @param timestampMillis the block's
   * @return empty if none can be made
   */
  Optional<ProposedBlock> build(Effect.Build build, long timestampMillis);

  /** Why the block cannot be the next one, whatever the time; empty if it can. */
  Optional<String> validate(ProposedBlock block);

  /**
   * Appends the next final block, durably when this returns.
   *
   * @return why it was refused, and nothing has changed; empty if it is the head now
   */
  Optional<String> importBlock(FinalBlock block);

  /** A block of the chain, not the genesis block; empty if it is not kept. */
  Optional<FinalBlock> block(long number);

  /** Why the certificate does not make the block final, given the validators of its height. */
  Optional<String> certificateFault(FinalBlock block, ValidatorSet validators);

  /** The validators of a height that is on the chain or known; empty if they are not. */
  Optional<ValidatorSet> validatorsOf(long height);

  /** Whether there is something to put into a block. */
  boolean hasWork();
}
