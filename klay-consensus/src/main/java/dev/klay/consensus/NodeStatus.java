package dev.klay.consensus;

/**
 * How a node does at one moment.
 *
 * @param height of its last final block
 * @param round of the height it decides
 * @param ready transactions that could be executed now
 * @param queued transactions that wait for an earlier nonce
 * @param evidence how many contradictions of validators it has seen
 */
public record NodeStatus(
    String name,
    NodeRole role,
    long height,
    int round,
    int peers,
    int ready,
    int queued,
    long evidence) {}
