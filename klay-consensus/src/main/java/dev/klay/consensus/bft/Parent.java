package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.Optional;

/**
 * The last final block: what the next one stands on.
 *
 * @param builder who made it; empty for the genesis block
 * @param epochHash of the epoch block that fixed the validators of the next height
 */
public record Parent(
    long number, Hash hash, long timestampMillis, Optional<Address> builder, Hash epochHash) {}
