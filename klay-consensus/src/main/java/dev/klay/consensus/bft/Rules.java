package dev.klay.consensus.bft;

import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decisions on which safety and liveness hang, each a method of its own, so that they can be
 * read in one place. The simulator's own test breaks them one by one, in subclasses of the test
 * tree, and demands that each break is found.
 */
class Rules {
  static final Rules STANDARD = new Rules();

  /** So many distinct validators prepare, commit or change a round. */
  int quorum(ValidatorSet validators) {
    return validators.quorum();
  }

  /** So many round changes carry others along: one of them is of an honest node. */
  int catchUp(ValidatorSet validators) {
    return validators.faultyMax() + 1;
  }

  Hash digest(int type, Hash genesis, long height, int round, Hash hash) {
    return ConsensusDigest.ofBlock(type, genesis, height, round, hash);
  }

  Hash digest(Hash genesis, long height, int round, Optional<PreparedClaim> claim) {
    return claim
        .map(c -> ConsensusDigest.ofRoundChange(genesis, height, round, c.round(), c.hash()))
        .orElseGet(() -> ConsensusDigest.ofRoundChange(genesis, height, round));
  }

  Justification justification(long height, ValidatorSet validators) {
    return new Justification(height, validators, this);
  }

  MessageStore messages() {
    return new MessageStore();
  }

  /** Whether the ROUND_CHANGE of a later round forbids votes in this one. */
  boolean hasLeft(int round, int roundChangeSigned) {
    return roundChangeSigned > round;
  }

  /** Whether a block may be prepared in a round, given what was prepared in it before. */
  boolean mayPrepare(@Nullable Hash before, Hash hash) {
    return before == null || before.equals(hash);
  }

  /** What a round change tells of what its author is prepared for. */
  Optional<PreparedCertificate> toClaim(@Nullable PreparedCertificate prepared) {
    return Optional.ofNullable(prepared);
  }

  /** A block that was prepared before was timely then, and its builder led that round. */
  boolean isExemptFromFreshness(Proposal proposal) {
    return !proposal.prepares().isEmpty();
  }

  /** Whether a later round's timer starts without a quorum at that round. */
  boolean runsTimerAlone() {
    return false;
  }

  /** Whether a block that was asked for in a round may be proposed now. */
  boolean isStillWanted(int builtFor, int round) {
    return builtFor == round;
  }

  /** Whether seals of this round count for the block. */
  boolean countsCommits(int commitRound, int round) {
    return true;
  }

  long timeoutMillis(BftConfig config, int round) {
    return config.timeoutMillis(round);
  }
}
