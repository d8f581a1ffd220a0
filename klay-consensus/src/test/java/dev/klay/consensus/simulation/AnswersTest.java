package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.transport.Frame;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node answers to whoever asks for blocks, at most. */
class AnswersTest {
  private final LoneNode node = new LoneNode();

  @BeforeEach
  void hasBlocks() {
    node.hears(0, new Frame.FinalBlocks(LoneNode.blocks(128)));
    node.hears(0, new Frame.FinalBlocks(LoneNode.blocks(200).subList(128, 200)));
    assertThat(node.chain.head().number()).isEqualTo(200);
    node.sent.clear();
  }

  /** The lengths of the answers since the last look. */
  private List<Integer> answers() {
    List<Integer> lengths =
        node.sent.stream()
            .filter(s -> s.frame() instanceof Frame.FinalBlocks)
            .map(s -> ((Frame.FinalBlocks) s.frame()).blocks().size())
            .toList();
    node.sent.clear();
    return lengths;
  }

  @Test
  void aRangeIsOf128BlocksAtMostAndOfAsManyBytesAsWanted() {
    node.hears(1, new Frame.GetBlocks(1, 1_000_000, 8 << 20));
    assertThat(answers()).containsExactly(128);
    node.hears(1, new Frame.GetBlocks(150, 128, 8 << 20));
    assertThat(answers()).containsExactly(51);
    node.hears(1, new Frame.GetBlocks(1, 128, 1));
    assertThat(answers()).as("one comes whatever its size").containsExactly(1);
    node.hears(1, new Frame.GetBlocks(201, 128, 8 << 20));
    node.hears(1, new Frame.GetBlocks(Long.MAX_VALUE, 128, 8 << 20));
    assertThat(answers()).isEmpty();
  }

  @Test
  void aPeersStatusIsAnsweredFourTimesASecondAtMost() {
    for (int i = 0; i < 20; i++) {
      node.hearsOfHead(1, 3);
    }
    assertThat(answers()).hasSize(1);
    node.hearsOfHead(2, 3);
    assertThat(answers()).as("another peer has its own share").hasSize(1);
    node.pass(249);
    node.hearsOfHead(1, 3);
    assertThat(answers()).isEmpty();
    node.pass(1);
    node.hearsOfHead(1, 3);
    assertThat(answers()).hasSize(1);
  }
}
