package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import dev.klay.crypto.proof.ConsensusDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counting PREPAREs and COMMITs. */
final class VoteRule {
  private final Height height;

  /** A block that a quorum committed and that is not here. */
  private @Nullable Hash wanted;

  private List<Address> wantedFrom = List.of();

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
        || height.signed.commits.containsKey(height.round)) {
      return;
    }
    List<Prepare> prepares = height.messages.prepares(height.round, accepted.hash());
    if (prepares.size() < height.quorum()) {
      return;
    }
    PreparedCertificate certificate =
        new PreparedCertificate(height.round, accepted.block(), prepares);
    height.prepared = certificate;
    height.phase = Phase.COMMITTING;
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
    if (height.isDecided() || !height.rules.countsCommits(round, height.round)) {
      return;
    }
    List<Commit> commits = height.messages.commits(round, hash);
    if (commits.size() < height.quorum()) {
      return;
    }
    Optional<ProposedBlock> block = height.blocks.find(hash);
    if (height.blocks.isValid(hash)) {
      finalise(block.orElseThrow(), round, commits);
    } else if (height.blocks.isInvalid(hash)) {
      height.out.add(
          new Effect.Stop(
              Effect.StopReason.LOCAL_DIVERGENCE,
              "a quorum committed block "
                  + hash
                  + " of height "
                  + height.number()
                  + ", which is invalid here"));
    } else if (block.isPresent()) {
      height.out.add(new Effect.Validate(block.orElseThrow()));
    } else {
      wanted = hash;
      wantedFrom = commits.stream().map(Commit::author).toList();
      height.out.add(new Effect.Fetch(height.number(), hash, wantedFrom));
    }
  }

  /** The block was executed; perhaps its seals were here before. */
  void blockIsJudged(Hash hash) {
    for (int round : height.messages.commitRounds(hash)) {
      tryFinalise(round, hash);
    }
  }

  /** Asks again for a committed block that did not come. */
  void fetchAgain() {
    if (wanted != null && height.blocks.find(wanted).isEmpty()) {
      height.out.add(new Effect.Fetch(height.number(), wanted, wantedFrom));
    }
  }

  /** A proposal of a round that has passed counts for nothing, but its block may be wanted. */
  void offer(Proposal proposal) {
    if (proposal.hash().equals(wanted)
        && height.blocks.find(proposal.hash()).isEmpty()
        && height.proposals.fitsHeight(proposal)) {
      height.blocks.add(proposal.block());
      height.out.add(new Effect.Validate(proposal.block()));
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
