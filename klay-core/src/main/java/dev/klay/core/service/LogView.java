package dev.klay.core.service;

import dev.klay.core.block.Log;
import dev.klay.crypto.primitive.Hash;

/**
 * A log and where it stands. Final, as its block is.
 *
 * @param transactionIndex in the block, from 0
 * @param index among all logs of the block, from 0
 */
public record LogView(
    Log log,
    long blockNumber,
    Hash blockHash,
    Hash transactionHash,
    int transactionIndex,
    int index) {}
