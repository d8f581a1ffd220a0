package dev.klay.core.storage;

/**
 * Where a transaction stands.
 *
 * @param index in its block, from 0
 */
public record TxLocation(long blockNumber, int index) {}
