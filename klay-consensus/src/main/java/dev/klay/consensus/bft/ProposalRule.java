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
  /** A clock may be set meanwhile, so nobody waits longer before looking again. */
  private static final long RETRY_MILLIS_MAX = 1_000;

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
        || height.proposedRound >= height.round) {
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
    if (usable.size() < height.quorum()) {
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
    Optional<ProposedBlock> known = height.blocks.find(hash);
    if (known.isPresent()) {
      return known;
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
    height.proposedRound = height.round;
    basis = standsOn;
    long earliest = height.parent.timestampMillis() + height.config.periodMillis();
    height.out.add(new Effect.Build(height.number(), height.round, height.parent, earliest));
  }

  /** The block that was asked for is there; nothing happens if the round has passed. */
  void built(int round, Optional<ProposedBlock> block) {
    if (!height.rules.isStillWanted(round, height.round)
        || height.signer.isEmpty()
        || height.isDecided()
        || height.hasLeftRound()
        || block.isEmpty()
        || height.candidate != null) {
      return;
    }
    height.blocks.addValid(block.orElseThrow());
    publish(block.orElseThrow(), basis, List.of());
  }

  private void publish(ProposedBlock block, List<RoundChange> changes, List<Prepare> prepares) {
    height.proposedRound = height.round;
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
    if (height.isDecided()) {
      return;
    }
    if (proposal.round() < height.round) {
      height.votes.offer(proposal);
      return;
    }
    boolean taken =
        proposal.round() == height.round && (height.candidate != null || height.accepted != null);
    if (taken) {
      reportSecond(proposal);
      return;
    }
    Hash prepared = height.signed.prepares.get(proposal.round());
    if (!height.rules.mayPrepare(prepared, proposal.hash())
        || !proposal.author().equals(height.leader(proposal.round()))
        || !fitsHeight(proposal)
        || !height.justification.isJustified(proposal)) {
      return;
    }
    height.leaveWait();
    if (proposal.round() > height.round) {
      height.moveTo(proposal.round());
      height.out.add(new Effect.Persist(new LedgerRecord.Round(height.number(), proposal.round())));
    }
    height.candidate = proposal;
    height.blocks.add(proposal.block());
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

  boolean fitsHeight(Proposal proposal) {
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
    if (height.blocks.isValid(candidate.hash())) {
      if (isAllowed(candidate)) {
        accept(candidate);
      }
    } else if (!height.blocks.isInvalid(candidate.hash())) {
      examine(candidate);
    }
  }

  private void examine(Proposal candidate) {
    if (isAllowed(candidate)) {
      height.out.add(new Effect.Validate(candidate.block()));
    }
  }

  /**
   * A block that was not prepared before must be its leader's own, and not of the future; for one
   * that is, it is looked at again when its time has come.
   */
  private boolean isAllowed(Proposal candidate) {
    if (height.rules.isExemptFromFreshness(candidate)) {
      return true;
    }
    if (!isBuiltBy(candidate)) {
      return false;
    }
    long early =
        candidate.block().timestampMillis() - height.wallMillis - height.config.maxDriftMillis();
    if (early > 0) {
      height.setTimer(TimerId.Kind.RETRY, height.round, Math.min(early, RETRY_MILLIS_MAX));
    }
    return early <= 0;
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
    height.blocks.judged(hash, fault.isEmpty());
    Proposal candidate = height.candidate;
    if (fault.isEmpty() && candidate != null && candidate.hash().equals(hash)) {
      judge();
    }
    height.votes.blockIsJudged(hash);
  }

  /** The block is valid: prepare it, unless a later round was asked for. */
  private void accept(Proposal candidate) {
    if (candidate.round() != height.round || height.hasLeftRound() || height.accepted != null) {
      return;
    }
    height.accepted = candidate;
    height.phase = Phase.PREPARING;
    height.progressed = true;
    prepareAccepted();
  }

  /** Signs the PREPARE of the accepted block once. */
  void prepareAccepted() {
    Proposal accepted = height.accepted;
    if (accepted == null || height.hasLeftRound() || height.isDecided()) {
      return;
    }
    boolean isPrepared = accepted.hash().equals(height.signed.prepares.get(height.round));
    if (height.signer.isPresent() && !isPrepared) {
      MessageSigner signer = height.signer.orElseThrow();
      Hash digest = height.digest(ConsensusDigest.PREPARE, height.round, accepted.hash());
      height.publish(
          new Prepare(
              height.number(),
              height.round,
              accepted.hash(),
              signer.address(),
              signer.sign(digest)));
    }
    height.votes.tryCommit();
  }
}
