package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;

/** The author saw a quorum prepare the block; the signature is the committed seal. */
public record Commit(long height, int round, Hash hash, Address author, Bytes signature)
    implements Message {}
