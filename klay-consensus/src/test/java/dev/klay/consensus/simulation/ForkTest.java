package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.transport.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two certificates at one height: more validators lied than the chain bears (E6). */
class ForkTest {
  private final LoneNode node = new LoneNode();
  private final List<FinalBlock> chain = LoneNode.blocks(9);

  @Test
  void aRangerThatSeesBothShowsBothToAllAndServesNothingAnyMore() {
    node.hears(0, new Frame.FinalBlocks(chain));
    FinalBlock ours = chain.get(6);
    FinalBlock theirs = LoneNode.block(7, chain.get(5).hash(), 1, 3);
    node.sent.clear();
    node.hears(1, new Frame.Final(theirs));

    assertThat(node.stops).containsExactly(Effect.StopReason.FORK);
    for (int peer = 0; peer < 4; peer++) {
      assertThat(node.sent)
          .contains(
              new LoneNode.Sent(LoneNode.FOUR.get(peer), new Frame.Final(ours)),
              new LoneNode.Sent(LoneNode.FOUR.get(peer), new Frame.Final(theirs)));
    }
    node.sent.clear();
    node.hears(0, new Frame.GetBlocks(1, 9, 1 << 20));
    node.hears(0, new Frame.GetBlock(7, ours.hash()));
    node.hears(1, new Frame.Final(theirs)).hearsOfHead(2, 30);
    assertThat(node.sent).isEmpty();
    assertThat(node.chain.head().number()).isEqualTo(9);
  }

  @Test
  void anotherBlockThatNoQuorumSealedIsNoFork() {
    node.hears(0, new Frame.FinalBlocks(chain));
    node.hears(1, new Frame.Final(LoneNode.block(7, chain.get(5).hash(), 1, 2)));
    assertThat(node.stops).isEmpty();
    node.sent.clear();
    node.hears(0, new Frame.GetBlocks(1, 9, 1 << 20));
    assertThat(node.sent).hasSize(1);
  }

  @Test
  void anotherCertificateOfTheSameBlockIsNoFork() {
    node.hears(0, new Frame.FinalBlocks(chain));
    node.hears(1, new Frame.Final(LoneNode.block(7, chain.get(5).hash(), 0, 4)));
    assertThat(node.stops).isEmpty();
  }
}
