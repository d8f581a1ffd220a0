package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;

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
}
