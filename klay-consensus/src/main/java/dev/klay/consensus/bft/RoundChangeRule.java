package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Leaving a round together. */
final class RoundChangeRule {
  private static final int ROUNDS_AHEAD_MAX = 4096;

  private final Height height;

  RoundChangeRule(Height height) {
    this.height = height;
  }

  void receive(RoundChange change) {
    if (change.round() < Math.max(1, height.round)
        || change.round() - height.round > ROUNDS_AHEAD_MAX
        || !height.justification.isValid(change, change.round())
        || height.isDecided()) {
      return;
    }
    height
        .messages
        .put(kept(change), height.round)
        .ifPresent(e -> height.out.add(new Effect.Report(e)));
    height.endEmptyWait();
    followOthers();
    height.arm();
    height.proposals.propose();
  }

  /**
   * What is kept of it: anybody may attach a large block to a claim, but only one that a quorum
   * prepared is of use; and that one is the same for all.
   */
  private RoundChange kept(RoundChange change) {
    Optional<Hash> claimed = change.claim().map(PreparedClaim::hash);
    if (claimed.isEmpty() || !height.justification.isJustified(change)) {
      return change.head();
    }
    Hash hash = claimed.orElseThrow();
    if (change.block().filter(block -> block.hash().equals(hash)).isEmpty()) {
      return change.withoutBlock();
    }
    return height.blocks.isValid(hash)
        ? change.withBlock(height.blocks.find(hash).orElseThrow())
        : change;
  }

  /** f+1 nodes at a round or above: at least one of them is honest, so go there at once. */
  private void followOthers() {
    List<Integer> rounds =
        height.messages.newestRoundChanges().stream()
            .map(RoundChange::round)
            .sorted(Comparator.reverseOrder())
            .toList();
    int last = height.rules.catchUp(height.validators) - 1;
    if (rounds.size() > last && rounds.get(last) > height.round) {
      height.moveTo(rounds.get(last));
      sign(height.round);
    }
  }

  /** Whether a quorum is at the current round or above. */
  boolean quorumIsHere() {
    long here =
        height.messages.newestRoundChanges().stream()
            .filter(change -> change.round() >= height.round)
            .count();
    return here >= height.quorum();
  }

  /** Asks for a round; the copy for its leader carries the prepared block. */
  void sign(int round) {
    if (height.signer.isEmpty() || height.signed.roundChange() >= round) {
      return;
    }
    MessageSigner signer = height.signer.orElseThrow();
    Optional<PreparedCertificate> prepared = height.rules.toClaim(height.prepared);
    Optional<PreparedClaim> claim = prepared.map(PreparedCertificate::claim);
    Hash digest = height.rules.digest(height.config.genesisHash(), height.number(), round, claim);
    RoundChange change =
        new RoundChange(
            height.number(),
            round,
            claim,
            signer.address(),
            signer.sign(digest),
            prepared.map(PreparedCertificate::prepares).orElse(List.of()),
            prepared.map(PreparedCertificate::block));
    height.persist(change);
    height.out.add(new Effect.Broadcast(change.withoutBlock()));
    Address leader = height.leader(round);
    if (change.block().isPresent() && !leader.equals(signer.address())) {
      height.out.add(new Effect.Send(leader, change));
    }
    height.out.toSelf(change);
  }
}
