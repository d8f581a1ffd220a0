package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.List;

/**
 * The leader's block for a round.
 *
 * @param roundChanges heads of a quorum of round changes; none in round 0
 * @param prepares the quorum behind the highest claim among them; none without a claim
 */
public record Proposal(
    long height,
    int round,
    Hash hash,
    Address author,
    Bytes signature,
    ProposedBlock block,
    List<RoundChange> roundChanges,
    List<Prepare> prepares)
    implements Message {
  public Proposal {
    roundChanges = List.copyOf(roundChanges);
    prepares = List.copyOf(prepares);
  }

  /** The signed head and its block alone. */
  Proposal withoutProofs() {
    return new Proposal(height, round, hash, author, signature, block, List.of(), List.of());
  }
}
