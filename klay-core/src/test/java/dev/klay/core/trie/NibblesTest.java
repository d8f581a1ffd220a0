package dev.klay.core.trie;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NibblesTest {
  private static final int SIZE = 5;

  @Test
  void mismatchIsTheFirstDifferingNibbleInTheRange() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      byte[] a = bytes(random);
      byte[] b = a.clone();
      b[random.nextInt(SIZE)] ^= (byte) (1 << random.nextInt(8));
      for (int from = 0; from <= 2 * SIZE; from++) {
        for (int to = from; to <= 2 * SIZE; to++) {
          assertThat(Nibbles.mismatch(a, b, from, to)).isEqualTo(slowMismatch(a, b, from, to));
        }
      }
    }
  }

  private static int slowMismatch(byte[] a, byte[] b, int from, int to) {
    int at = from;
    while (at < to && Nibbles.at(a, at) == Nibbles.at(b, at)) {
      at++;
    }
    return at;
  }

  @Test
  void everyRangeIsPackedAndRecognised() {
    byte[] key = bytes(new Random(2));
    for (int from = 0; from <= 2 * SIZE; from++) {
      for (int to = from; to <= 2 * SIZE; to++) {
        byte[] packed = new byte[Nibbles.packedSize(to - from)];
        assertThat(Nibbles.pack(key, from, to, to % 3 == 0, packed, 0)).isEqualTo(packed.length);
        assertThat(Nibbles.isPacked(packed)).isTrue();
        assertThat(Nibbles.isPackedLeaf(packed)).isEqualTo(to % 3 == 0);
        assertThat(Nibbles.packedCount(packed)).isEqualTo(to - from);
        assertThat(Nibbles.packedMatches(packed, key, from)).isTrue();
      }
    }
  }

  @Test
  void aPrefixEndsWithTheGivenNibble() {
    byte[] key = {0x12, 0x34, 0x56};
    assertThat(Nibbles.prefixWith(key, 0, 0xf)).containsExactly(0xf0);
    assertThat(Nibbles.prefixWith(key, 3, 0xf)).containsExactly(0x12, 0x3f);
    assertThat(Nibbles.prefixWith(key, 6, 0xf)).containsExactly(0x12, 0x34, 0x56, 0xf0);
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return bytes;
  }
}
