package dev.klay.consensus.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UntoldTest {
  private final Untold<Integer> untold = new Untold<>(3);

  private void add(int count, boolean alone) {
    IntStream.range(0, count).forEach(i -> untold.add(i, alone));
  }

  @Test
  void aNodeThatStaysAloneKeepsTheLastOnly() {
    add(10, true);
    assertThat(untold.drain()).containsExactly(7, 8, 9);
    assertThat(untold.drain()).isEmpty();
  }

  @Test
  void nothingIsLostWhileThereIsSomebodyToTell() {
    add(10, false);
    assertThat(untold.drain()).hasSize(10).startsWith(0).endsWith(9);
  }
}
