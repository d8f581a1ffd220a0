package dev.klay.consensus.node;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.transport.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ranges of a chain's blocks, as they travel to who lacks them. */
final class FinalBlocks {
  private FinalBlocks() {}

  /** Blocks from a number on: so many and so many bytes at most, but one if there is any. */
  static List<FinalBlock> from(FinalChain chain, long from, int count, int bytesMax) {
    List<FinalBlock> blocks = new ArrayList<>();
    long last = chain.head().number();
    long room = bytesMax;
    int most = Math.min(count, Frame.FinalBlocks.MAX);
    for (long n = Math.max(1, from); n <= last && blocks.size() < most; n++) {
      Optional<FinalBlock> block = chain.block(n);
      if (block.isEmpty()) {
        break;
      }
      room -= block.orElseThrow().encode().size();
      if (room < 0 && !blocks.isEmpty()) {
        break;
      }
      blocks.add(block.orElseThrow());
    }
    return blocks;
  }
}
