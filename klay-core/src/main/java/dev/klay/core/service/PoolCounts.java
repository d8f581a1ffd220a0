package dev.klay.core.service;

/**
 * How many transactions wait.
 *
 * @param ready that the next block could take
 * @param queued that wait for an earlier nonce
 */
public record PoolCounts(int ready, int queued) {}
