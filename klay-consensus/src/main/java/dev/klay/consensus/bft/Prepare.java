package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;

/** The author executed the round's block and found it valid. */
public record Prepare(long height, int round, Hash hash, Address author, Bytes signature)
    implements Message {}
