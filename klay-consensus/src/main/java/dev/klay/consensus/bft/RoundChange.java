package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * The author gave up the rounds before this one.
 *
 * @param claim what the author is prepared for; signed
 * @param prepares the quorum behind the claim; not signed, each signed by itself
 * @param block the claimed block, in the copy for the round's leader; not signed
 */
public record RoundChange(
    long height,
    int round,
    Optional<PreparedClaim> claim,
    Address author,
    Bytes signature,
    List<Prepare> prepares,
    Optional<ProposedBlock> block)
    implements Message {
  public RoundChange {
    prepares = List.copyOf(prepares);
  }

  /** What is signed, without the attachments. */
  public RoundChange head() {
    return prepares.isEmpty() && block.isEmpty()
        ? this
        : new RoundChange(height, round, claim, author, signature, List.of(), Optional.empty());
  }

  RoundChange withBlock(ProposedBlock other) {
    return new RoundChange(height, round, claim, author, signature, prepares, Optional.of(other));
  }

  RoundChange withoutBlock() {
    return block.isEmpty()
        ? this
        : new RoundChange(height, round, claim, author, signature, prepares, Optional.empty());
  }
}
