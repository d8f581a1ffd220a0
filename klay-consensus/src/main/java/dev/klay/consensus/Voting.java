package dev.klay.consensus;

/** Whether a node takes part in deciding blocks. */
public enum Voting {
  /** It is a validator and votes. */
  VOTES,
  /** It is a ranger, or its key is no validator's: it follows and checks. */
  FOLLOWS,
  /**
   * It is a validator that does not know for certain what it signed before, so it follows until
   * voting is safe again. Ends by itself while a quorum of others makes blocks.
   */
  WAITS,
  /** It signs nothing any more and reads on, until an operator acts. The status says why. */
  STOPPED
}
