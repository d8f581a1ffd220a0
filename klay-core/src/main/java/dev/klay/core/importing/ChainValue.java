package dev.klay.core.importing;

import dev.klay.core.storage.ChainContent;
import dev.klay.core.storage.ForkableChainStore;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.primitive.Hash;

/**
 * A whole chain as a value: all blocks, receipts, indexes and states at one moment. Taking one and
 * going back to it takes the time of a few references, whatever the size of the chain; several
 * values share what they have in common. Immutable.
 *
 * @param chainId which signatures bind
 * @param genesisHash identity of the chain
 * @param head with its state, which may have been adjusted
 */
public record ChainValue(long chainId, Hash genesisHash, ChainHead head, ChainContent content) {
  /** A store that goes on from here, and leaves this value as it is. */
  public Storage storage() {
    return chain -> new ForkableChainStore(content);
  }
}
