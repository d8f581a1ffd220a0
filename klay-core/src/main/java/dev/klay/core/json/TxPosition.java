package dev.klay.core.json;

import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;

/**
 * The place of a transaction in a block, and what was charged there.
 *
 * @param blockTime unix time in seconds
 * @param index from 0
 * @param gasPrice charged for a unit of gas, see {@link
 *     dev.klay.core.execution.GasPrices#effective}
 */
public record TxPosition(
    Hash blockHash, long blockNumber, long blockTime, int index, Amount gasPrice) {}
