package dev.klay.consensus.bft;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Making, judging and accepting the block of a round. */
final class ProposalRule {
  private final Height height;

  /** The round changes that the block being built stands on; none in round 0. */
  private List<RoundChange> basis = List.of();

  ProposalRule(Height height) {
    this.height = height;
  }

  // The leader's side

  /** Proposes if this node leads the round and has not proposed in it. */
  void propose() {
    if (!height.isLeader()
        || height.isDecided()
        || height.hasLeftRound()
        || height.roundsProposed.contains(height.round)) {
      return;
    }
    if (height.round == 0) {
      build(List.of());
    } else {
      proposeLater();
    }
  }

  /** In a later round the highest proven claim of a quorum must be proposed again. */
  private void proposeLater() {
    List<RoundChange> usable = new ArrayList<>(height.messages.roundChanges(height.round));
    usable.sort(Comparator.comparingInt((RoundChange c) -> claimedRound(c)).reversed());
    while (!usable.isEmpty() && usable.get(0).claim().isPresent()) {
      RoundChange highest = usable.get(0);
      Hash claimed = highest.claim().orElseThrow().hash();
      Optional<ProposedBlock> block = find(claimed, usable);
      if (height.justification.isJustified(highest) && block.isPresent()) {
        break;
      }
      usable.remove(0); // its author cannot prove what it says
    }
    if (usable.size() < height.validators.quorum()) {
      return;
    }
    RoundChange first = usable.get(0);
    if (first.claim().isEmpty()) {
      build(usable);
    } else {
      ProposedBlock block = find(first.claim().orElseThrow().hash(), usable).orElseThrow();
      publish(block, usable, first.prepares());
    }
  }

  private static int claimedRound(RoundChange change) {
    return change.claim().map(PreparedClaim::round).orElse(-1);
  }

  private Optional<ProposedBlock> find(Hash hash, List<RoundChange> changes) {
    if (height.valid.containsKey(hash)) {
      return Optional.of(height.valid.get(hash));
    }
    if (height.prepared != null && height.prepared.block().hash().equals(hash)) {
      return Optional.of(height.prepared.block());
    }
    return changes.stream()
        .flatMap(change -> change.block().stream())
        .filter(block -> block.hash().equals(hash))
        .findFirst();
  }

  private void build(List<RoundChange> standsOn) {
    height.roundsProposed.add(height.round);
    basis = standsOn;
    long earliest = height.parent.timestampMillis() + height.config.periodMillis();
    height.out.add(new Effect.Build(height.number(), height.round, height.parent, earliest));
  }

  /** The block that was asked for is there; nothing happens if the round has passed. */
  void built(int round, Optional<ProposedBlock> block) {
    if (round != height.round
        || height.isDecided()
        || height.hasLeftRound()
        || block.isEmpty()
        || height.candidate != null) {
      return;
    }
    height.valid.put(block.orElseThrow().hash(), block.orElseThrow());
    publish(block.orElseThrow(), basis, List.of());
  }

  private void publish(ProposedBlock block, List<RoundChange> changes, List<Prepare> prepares) {
    height.roundsProposed.add(height.round);
    MessageSigner signer = height.signer.orElseThrow();
    Hash digest = height.digest(ConsensusDigest.PROPOSAL, height.round, block.hash());
    Bytes signature = signer.sign(digest);
    height.publish(
        new Proposal(
            height.number(),
            height.round,
            block.hash(),
            signer.address(),
            signature,
            block,
            changes.stream().map(RoundChange::head).toList(),
            prepares));
  }

  // Everybody's side

  void receive(Proposal proposal) {
    if (proposal.round() < height.round || height.isDecided()) {
      return;
    }
    boolean taken =
        proposal.round() == height.round && (height.candidate != null || height.accepted != null);
    if (taken) {
      reportSecond(proposal);
      return;
    }
    Hash prepared = height.preparesSigned.get(proposal.round());
    if (prepared != null && !prepared.equals(proposal.hash())
        || !proposal.author().equals(height.leader(proposal.round()))
        || !fitsHeight(proposal)
        || !height.justification.isJustified(proposal)) {
      return;
    }
    height.leaveWait();
    if (proposal.round() > height.round) {
      height.moveTo(proposal.round());
    }
    height.candidate = proposal;
    height.phase = Phase.VALIDATING;
    height.arm();
    judge();
  }

  private void reportSecond(Proposal second) {
    Proposal first = height.candidate;
    if (first != null
        && first.author().equals(second.author())
        && !first.hash().equals(second.hash())) {
      height.out.add(new Effect.Report(new Evidence(Evidence.Kind.TWO_PROPOSALS, first, second)));
    }
  }

  private boolean fitsHeight(Proposal proposal) {
    ProposedBlock block = proposal.block();
    return block.hash().equals(proposal.hash())
        && block.number() == height.number()
        && block.parentHash().equals(height.parent.hash());
  }

  /** Looks at the candidate: known already, not yet lawful, or to be executed. */
  void judge() {
    Proposal candidate = height.candidate;
    if (candidate == null || height.accepted != null || height.isDecided()) {
      return;
    }
    if (height.valid.containsKey(candidate.hash())) {
      accept(candidate);
    } else if (!height.invalid.contains(candidate.hash())) {
      examine(candidate);
    }
  }

  /** A block that was not prepared before must be its leader's own, and not of the future. */
  private void examine(Proposal candidate) {
    if (!candidate.isRepeated()) {
      if (!isBuiltBy(candidate)) {
        return;
      }
      long early =
          candidate.block().timestampMillis() - height.wallMillis - height.config.maxDriftMillis();
      if (early > 0) {
        height.setTimer(TimerId.Kind.RETRY, height.round, early);
        return;
      }
    }
    height.out.add(new Effect.Validate(candidate.block()));
  }

  private boolean isBuiltBy(Proposal candidate) {
    try {
      return candidate.block().builder().equals(height.leader(candidate.round()));
    } catch (DecodingException noSeal) {
      return false;
    }
  }

  /** The block was executed. */
  void validated(Hash hash, Optional<String> fault) {
    Proposal candidate = height.candidate;
    if (fault.isPresent()) {
      height.invalid.add(hash);
    } else if (candidate != null && candidate.hash().equals(hash)) {
      height.valid.put(hash, candidate.block());
      accept(candidate);
    }
    height.votes.blockIsKnown(hash);
  }

  /** The block is valid: prepare it, unless a later round was asked for. */
  private void accept(Proposal candidate) {
    if (candidate.round() != height.round || height.hasLeftRound() || height.accepted != null) {
      return;
    }
    height.accepted = candidate;
    height.phase = Phase.PREPARING;
    height.progressed = true;
    if (height.signer.isPresent() && !height.preparesSigned.containsKey(height.round)) {
      MessageSigner signer = height.signer.orElseThrow();
      height.preparesSigned.put(height.round, candidate.hash());
      Hash digest = height.digest(ConsensusDigest.PREPARE, height.round, candidate.hash());
      height.publish(
          new Prepare(
              height.number(),
              height.round,
              candidate.hash(),
              signer.address(),
              signer.sign(digest)));
    }
    height.votes.tryCommit();
  }
}
