package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;

/**
 * Two signed messages that no honest node signs both ({@code consensus.md} section 13).
 *
 * @param kind which rule they break
 */
public record Evidence(Kind kind, Message first, Message second) {
  /** The rule that was broken. */
  public enum Kind {
    TWO_PROPOSALS,
    TWO_PREPARES,
    TWO_COMMITS,
    TWO_ROUND_CHANGES,
    LOST_LOCK
  }

  public Address culprit() {
    return first.author();
  }

  /** Whether the two messages break the rule, given that their authors are whom they name. */
  public boolean isConclusive() {
    if (!first.author().equals(second.author()) || first.height() != second.height()) {
      return false;
    }
    boolean sameRound = first.round() == second.round();
    return switch (kind) {
      case TWO_PROPOSALS -> sameRound && differ(Proposal.class, hashOf(first), hashOf(second));
      case TWO_PREPARES -> sameRound && differ(Prepare.class, hashOf(first), hashOf(second));
      case TWO_COMMITS -> sameRound && differ(Commit.class, hashOf(first), hashOf(second));
      case TWO_ROUND_CHANGES ->
          sameRound
              && first instanceof RoundChange one
              && second instanceof RoundChange other
              && !one.claim().equals(other.claim());
      case LOST_LOCK ->
          first instanceof Commit commit
              && second instanceof RoundChange change
              && commit.round() < change.round()
              && change.claim().map(c -> c.round() < commit.round()).orElse(true);
    };
  }

  /**
   * The same without what is attached: the two signed heads prove it, and blocks where they must.
   */
  public Evidence bare() {
    return new Evidence(kind, bare(first), bare(second));
  }

  private static Message bare(Message message) {
    if (message instanceof RoundChange change) {
      return change.head();
    }
    return message instanceof Proposal proposal ? proposal.withoutProofs() : message;
  }

  /** Bytes of the blocks that it carries. */
  public long blockBytes() {
    return blockBytes(first) + blockBytes(second);
  }

  private static long blockBytes(Message message) {
    return message instanceof Proposal proposal ? proposal.block().encode().size() : 0;
  }

  private boolean differ(Class<? extends Message> type, Hash one, Hash other) {
    return type.isInstance(first) && type.isInstance(second) && !one.equals(other);
  }

  private static Hash hashOf(Message message) {
    if (message instanceof Proposal proposal) {
      return proposal.hash();
    }
    if (message instanceof Prepare prepare) {
      return prepare.hash();
    }
    return message instanceof Commit commit ? commit.hash() : Hash.ZERO;
  }
}
