package dev.klay.consensus.node;

import dev.klay.consensus.bft.Parent;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.core.block.Block;
import dev.klay.core.importing.ChainHead;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.Optional;

/** A block of the chain as the machine sees it. */
record ChainBlock(Block block) implements ProposedBlock {
  static Parent parent(ChainHead head) {
    return new Parent(
        head.number(),
        head.hash(),
        head.header().timestampMillis(),
        head.number() == 0 ? Optional.empty() : Optional.of(head.block().author()));
  }

  @Override
  public long number() {
    return block.number();
  }

  @Override
  public Hash hash() {
    return block.hash();
  }

  @Override
  public Hash parentHash() {
    return block.header().parentHash();
  }

  @Override
  public long timestampMillis() {
    return block.header().timestampMillis();
  }

  @Override
  public Address builder() {
    return block.author();
  }

  @Override
  public Bytes encode() {
    return block.encode();
  }
}
