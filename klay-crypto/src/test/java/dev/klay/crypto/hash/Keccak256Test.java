package dev.klay.crypto.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.primitive.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Test;

class Keccak256Test {
  @Test
  void knownAnswers() {
    assertThat(Keccak256.hash(Bytes.EMPTY))
        .hasToString("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    assertThat(Keccak256.hash("abc".getBytes(StandardCharsets.US_ASCII)))
        .hasToString("0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
  }

  @Test
  void agreesWithBouncyCastleAtEveryLength() {
    Random random = new Random(1);
    for (int length = 0; length <= 300; length++) {
      byte[] padded = new byte[length + 10];
      random.nextBytes(padded);
      KeccakDigest digest = new KeccakDigest(256);
      digest.update(padded, 3, length);
      byte[] expected = new byte[32];
      digest.doFinal(expected, 0);
      assertThat(Keccak256.hash(padded, 3, length).toArray()).isEqualTo(expected);
      assertThat(Keccak256.hash(Bytes.of(padded).slice(3, 3 + length)).toArray())
          .isEqualTo(expected);
    }
  }
}
