package dev.klay.consensus;

/** What a node does for its network. */
public enum NodeRole {
  /** Proposes and votes where its key is a validator's. */
  CONSENSUS,
  /** Follows, checks every certificate, serves reads and forwards transactions; never votes. */
  RANGER
}
