package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.storage.ChainStore;
import java.util.Iterator;
import java.util.List;

/** Makes governance again from what the headers of a stored chain decided. */
final class Replay {
  private Replay() {}

  static Governance upTo(long last, Governance genesis, ChainStore store) {
    Governance governance = genesis;
    List<Long> ballots = store.ballots().stream().filter(number -> number > 0).toList();
    Iterator<Long> numbers = genesis.replayed(last, ballots).boxed().iterator();
    while (numbers.hasNext()) {
      Block block = store.block(numbers.next()).orElseThrow().block();
      governance = governance.after(block.header(), block.author());
    }
    return governance;
  }
}
