package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.PreparedClaim;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Signs whatever a liar wants to have signed with its own key. */
record Forger(Hash genesis, MessageSigner signer) {
  Proposal propose(Proposal like, ProposedBlock block) {
    Hash digest = digest(ConsensusDigest.PROPOSAL, like.height(), like.round(), block.hash());
    return new Proposal(
        like.height(),
        like.round(),
        block.hash(),
        signer.address(),
        signer.sign(digest),
        block,
        like.roundChanges(),
        like.prepares());
  }

  /** The same proof, but another block and no prepares. */
  Proposal proposeAnew(Proposal like, ProposedBlock block) {
    Proposal changed = propose(like, block);
    return new Proposal(
        changed.height(),
        changed.round(),
        changed.hash(),
        changed.author(),
        changed.signature(),
        block,
        changed.roundChanges(),
        List.of());
  }

  /** A round change that claims a block and shows one vote for it many times. */
  RoundChange claim(RoundChange like, PreparedClaim claim, ProposedBlock block, Prepare vote) {
    List<Prepare> votes = Collections.nCopies(70, vote);
    RoundChange change = change(like.height(), like.round(), Optional.of(claim), votes);
    return new RoundChange(
        change.height(),
        change.round(),
        change.claim(),
        change.author(),
        change.signature(),
        votes,
        Optional.of(block));
  }

  Prepare prepare(long height, int round, Hash hash) {
    Hash digest = digest(ConsensusDigest.PREPARE, height, round, hash);
    return new Prepare(height, round, hash, signer.address(), signer.sign(digest));
  }

  Commit commit(long height, int round, Hash hash) {
    Hash digest = digest(ConsensusDigest.COMMIT, height, round, hash);
    return new Commit(height, round, hash, signer.address(), signer.sign(digest));
  }

  RoundChange change(
      long height, int round, Optional<PreparedClaim> claim, List<Prepare> prepares) {
    Hash digest =
        claim
            .map(c -> ConsensusDigest.ofRoundChange(genesis, height, round, c.round(), c.hash()))
            .orElseGet(() -> ConsensusDigest.ofRoundChange(genesis, height, round));
    return new RoundChange(
        height, round, claim, signer.address(), signer.sign(digest), prepares, Optional.empty());
  }

  private Hash digest(int type, long height, int round, Hash hash) {
    return ConsensusDigest.ofBlock(type, genesis, height, round, hash);
  }
}
