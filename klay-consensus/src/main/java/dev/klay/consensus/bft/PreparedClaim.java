package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Hash;

/**
 * What a node says it saw a quorum prepare.
 *
 * @param round in which, before the round of the message
 */
public record PreparedClaim(int round, Hash hash) {}
