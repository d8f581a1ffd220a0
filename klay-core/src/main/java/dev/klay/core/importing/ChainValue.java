package dev.klay.core.importing;

import dev.klay.core.config.ChainSpec;
import dev.klay.core.storage.ChainContent;
import dev.klay.crypto.primitive.Hash;

/**
 * A whole chain as a value: all blocks, receipts, indexes and states at one moment. Taking one and
 * going back to it takes the time of a few references, whatever the size of the chain; several
 * values share what they have in common. Immutable.
 *
 * @param spec of the chain that it was taken of
 * @param genesisHash identity of the chain
 * @param head with its state, which may have been adjusted
 */
public record ChainValue(ChainSpec spec, Hash genesisHash, ChainHead head, ChainContent content) {}
