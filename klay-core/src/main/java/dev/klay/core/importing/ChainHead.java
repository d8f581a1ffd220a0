package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;

/**
 * The end of a chain at one moment. Immutable: whoever holds it reads one consistent state, however
 * many blocks are imported meanwhile.
 *
 * @param governance of the next block
 * @param supply genesis plus minted minus burnt
 */
public record ChainHead(Block block, WorldState state, Governance governance, Amount supply) {
  public long number() {
    return block.number();
  }

  public Hash hash() {
    return block.hash();
  }

  public Header header() {
    return block.header();
  }
}
