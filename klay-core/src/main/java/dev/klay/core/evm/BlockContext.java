package dev.klay.core.evm;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.function.LongFunction;

/**
 * What code can see of the block it runs in.
 *
 * @param timeSeconds unix time
 * @param prevRandao what opcode 0x44 gives
 * @param gasLimit what GASLIMIT gives; Klaytn's blocks have none and give zero
 * @param baseFee peb or wei for a unit of gas
 * @param blockHashes the hash of an earlier block by its number; asked for the last 256 only
 */
public record BlockContext(
    long chainId,
    long number,
    long timeSeconds,
    Address coinbase,
    UInt256 prevRandao,
    long gasLimit,
    UInt256 baseFee,
    UInt256 blobBaseFee,
    LongFunction<Hash> blockHashes) {}
