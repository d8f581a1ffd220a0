package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an operator writes a block that is on the chain for certain. */
class CheckpointTest {
  private static final String HASH = "0x" + "5a".repeat(32);

  @Test
  void itIsAHeightAndAHash() {
    assertThat(Checkpoint.parse("5000:" + HASH))
        .isEqualTo(new Checkpoint(5000, Hash.fromHex(HASH)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "5000", "5000:", "5000:0x12", "x:0x5a", ":0x5a", "5000:zz"})
  void anythingElseIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a checkpoint is HEIGHT:HASH, as 5000:0x");
  }

  @Test
  void theGenesisBlockIsKnownAnyway() {
    assertThatThrownBy(() -> Checkpoint.parse("0:" + HASH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("behind the genesis block");
  }
}
