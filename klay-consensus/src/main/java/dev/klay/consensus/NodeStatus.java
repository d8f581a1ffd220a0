package dev.klay.consensus;

import java.util.Optional;

/**
 * How a node does at one moment.
 *
 * @param height of its last final block
 * @param round of the height it decides
 * @param ready transactions that could be executed now
 * @param queued transactions that wait for an earlier nonce
 * @param evidence how many contradictions of validators it has seen
 * @param voting whether it takes part in deciding blocks
 * @param trouble why it stopped; empty unless it did
 * @param stall the height that it cannot decide; empty unless one stays open
 */
public record NodeStatus(
    String name,
    NodeRole role,
    long height,
    int round,
    int peers,
    int ready,
    int queued,
    long evidence,
    Voting voting,
    Optional<String> trouble,
    Optional<Stall> stall) {
  /** Whether it does what its role asks of it: a stopped node does not. */
  public boolean isHealthy() {
    return voting != Voting.STOPPED;
  }

  /**
   * Whether no block is made though there is something to decide. That is the network's trouble and
   * not this node's: starting it again does not help, so it stays {@link #isHealthy healthy}.
   */
  public boolean isStalled() {
    return stall.isPresent();
  }
}
