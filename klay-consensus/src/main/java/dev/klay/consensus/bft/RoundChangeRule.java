package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
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
    height.messages.put(change, height.round).ifPresent(e -> height.out.add(new Effect.Report(e)));
    height.endEmptyWait();
    followOthers();
    height.arm();
    height.proposals.propose();
  }

  /** f+1 nodes at a round or above: at least one of them is honest, so go there at once. */
  private void followOthers() {
    List<Integer> rounds =
        height.messages.newestRoundChanges().stream()
            .map(RoundChange::round)
            .sorted(Comparator.reverseOrder())
            .toList();
    int faulty = height.validators.faultyMax();
    if (rounds.size() > faulty && rounds.get(faulty) > height.round) {
      height.moveTo(rounds.get(faulty));
      sign(height.round);
    }
  }

  /** Whether a quorum is at the current round or above. */
  boolean quorumIsHere() {
    long here =
        height.messages.newestRoundChanges().stream()
            .filter(change -> change.round() >= height.round)
            .count();
    return here >= height.validators.quorum();
  }

  /** Asks for a round; the copy for its leader carries the prepared block. */
  void sign(int round) {
    if (height.signer.isEmpty() || height.roundChangeSigned >= round) {
      return;
    }
    height.roundChangeSigned = round;
    MessageSigner signer = height.signer.orElseThrow();
    Optional<PreparedCertificate> prepared = Optional.ofNullable(height.prepared);
    Optional<PreparedClaim> claim = prepared.map(PreparedCertificate::claim);
    RoundChange change =
        new RoundChange(
            height.number(),
            round,
            claim,
            signer.address(),
            signer.sign(digest(round, claim)),
            prepared.map(PreparedCertificate::prepares).orElse(List.of()),
            prepared.map(PreparedCertificate::block));
    height.out.add(new Effect.Persist(new LedgerRecord.Signed(change)));
    height.out.add(new Effect.Broadcast(change.withoutBlock()));
    Address leader = height.leader(round);
    if (change.block().isPresent() && !leader.equals(signer.address())) {
      height.out.add(new Effect.Send(leader, change));
    }
    height.out.toSelf(change);
  }

  private Hash digest(int round, Optional<PreparedClaim> claim) {
    Hash genesis = height.config.genesisHash();
    return claim
        .map(
            c ->
                ConsensusDigest.ofRoundChange(genesis, height.number(), round, c.round(), c.hash()))
        .orElseGet(() -> ConsensusDigest.ofRoundChange(genesis, height.number(), round));
  }
}
