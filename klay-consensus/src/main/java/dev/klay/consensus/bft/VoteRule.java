package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import dev.klay.crypto.proof.ConsensusDigest;
import java.util.List;

/** Counting PREPAREs and COMMITs. */
final class VoteRule {
  private final Height height;

  VoteRule(Height height) {
    this.height = height;
  }

  void receive(Prepare prepare) {
    if (prepare.round() < height.round) {
      return;
    }
    height.messages.put(prepare, height.round).ifPresent(e -> height.out.add(new Effect.Report(e)));
    tryCommit();
  }

  /** Commits once when a quorum prepared the accepted block in this round. */
  void tryCommit() {
    Proposal accepted = height.accepted;
    if (accepted == null
        || height.signer.isEmpty()
        || height.isDecided()
        || height.hasLeftRound()
        || height.commitsSigned.containsKey(height.round)) {
      return;
    }
    List<Prepare> prepares = height.messages.prepares(height.round, accepted.hash());
    if (prepares.size() < height.validators.quorum()) {
      return;
    }
    PreparedCertificate certificate =
        new PreparedCertificate(height.round, accepted.block(), prepares);
    height.prepared = certificate;
    height.phase = Phase.COMMITTING;
    height.commitsSigned.put(height.round, accepted.hash());
    height.out.add(new Effect.Persist(new LedgerRecord.Prepared(height.number(), certificate)));
    MessageSigner signer = height.signer.orElseThrow();
    Hash digest = height.digest(ConsensusDigest.COMMIT, height.round, accepted.hash());
    height.publish(
        new Commit(
            height.number(), height.round, accepted.hash(), signer.address(), signer.sign(digest)));
  }

  void receive(Commit commit) {
    height.messages.put(commit, height.round).ifPresent(e -> height.out.add(new Effect.Report(e)));
    tryFinalise(commit.round(), commit.hash());
  }

  /** A quorum of seals of one round, this or another, makes the block final. */
  private void tryFinalise(int round, Hash hash) {
    List<Commit> commits = height.messages.commits(round, hash);
    if (height.isDecided() || commits.size() < height.validators.quorum()) {
      return;
    }
    ProposedBlock block = height.valid.get(hash);
    if (block != null) {
      finalise(block, round, commits);
    } else if (height.invalid.contains(hash)) {
      height.out.add(
          new Effect.Stop(
              Effect.StopReason.LOCAL_DIVERGENCE,
              "a quorum committed block "
                  + hash
                  + " of height "
                  + height.number()
                  + ", which is invalid here"));
    } else if (height.candidate != null && height.candidate.hash().equals(hash)) {
      height.out.add(new Effect.Validate(height.candidate.block()));
    } else {
      height.out.add(
          new Effect.Fetch(height.number(), hash, commits.stream().map(Commit::author).toList()));
    }
  }

  /** The block was executed; perhaps its seals were here before. */
  void blockIsKnown(Hash hash) {
    for (int round = height.round; round >= 0 && round >= height.round - 4; round--) {
      tryFinalise(round, hash);
    }
  }

  private void finalise(ProposedBlock block, int round, List<Commit> commits) {
    height.phase = Phase.IMPORTING;
    height.cancelTimers();
    CommitCertificate certificate =
        new CommitCertificate(
            height.number(), round, block.hash(), commits.stream().map(Commit::signature).toList());
    height.out.add(new Effect.Import(block, certificate));
  }
}
