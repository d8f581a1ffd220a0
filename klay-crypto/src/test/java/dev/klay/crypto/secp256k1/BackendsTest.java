package dev.klay.crypto.secp256k1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Hex;
import dev.klay.crypto.primitive.UInt256;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both kinds of curve arithmetic give the same bytes, whatever they are fed. */
class BackendsTest {
  private static final int ROUNDS = 300;
  private static final BigInteger N = Signature.N.toBigInteger();

  private final Secp256k1Backend java = new BouncyCastleBackend();
  private final Secp256k1Backend library = new NativeBackend();
  private final Random random = new Random(20190624);

  @Test
  void signAndRecoverAgree() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] key = scalar();
      byte[] digest = bytes(32);
      byte[] point = java.publicKey(key);
      assertThat(library.publicKey(key)).isEqualTo(point);
      byte[] signature = java.sign(digest, key);
      assertThat(library.sign(digest, key)).isEqualTo(signature);
      byte[] rs = Arrays.copyOf(signature, 64);
      assertThat(java.recover(digest, rs, signature[64])).isEqualTo(point);
      assertThat(library.recover(digest, rs, signature[64])).isEqualTo(point);
      assertRecoverAgrees(digest, rs, 1 - signature[64]);
      // A high s is the same signature with the other parity.
      byte[] high = rs.clone();
      BigInteger s = new BigInteger(1, rs, 32, 32);
      System.arraycopy(BigIntegers.asUnsignedByteArray(32, N.subtract(s)), 0, high, 32, 32);
      assertThat(java.recover(digest, high, 1 - signature[64])).isEqualTo(point);
      assertThat(library.recover(digest, high, 1 - signature[64])).isEqualTo(point);
    }
  }

  @Test
  void recoveryOfRandomSignaturesAgrees() {
    int none = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] rs = new byte[64];
      System.arraycopy(scalar(), 0, rs, 0, 32);
      System.arraycopy(scalar(), 0, rs, 32, 32);
      none += assertRecoverAgrees(bytes(32), rs, i % 2) == null ? 1 : 0;
    }
    assertThat(none).isBetween(ROUNDS / 4, 3 * ROUNDS / 4);
  }

  @Test
  void edgesOfDigestAndKeyAgree() {
    List<BigInteger> keys =
        List.of(
            BigInteger.ONE,
            BigInteger.TWO,
            N.shiftRight(1),
            N.subtract(BigInteger.TWO),
            N.subtract(BigInteger.ONE));
    BigInteger top = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    List<BigInteger> digests =
        List.of(BigInteger.ZERO, BigInteger.ONE, N.subtract(BigInteger.ONE), N, top);
    for (BigInteger k : keys) {
      byte[] key = BigIntegers.asUnsignedByteArray(32, k);
      assertThat(library.publicKey(key)).isEqualTo(java.publicKey(key));
      for (BigInteger d : digests) {
        byte[] digest = BigIntegers.asUnsignedByteArray(32, d);
        byte[] signature = java.sign(digest, key);
        assertThat(library.sign(digest, key)).isEqualTo(signature);
        assertRecoverAgrees(digest, Arrays.copyOf(signature, 64), 0);
        assertRecoverAgrees(digest, Arrays.copyOf(signature, 64), 1);
      }
    }
  }

  /** s*R = e*G: the key would be the point at infinity. */
  @Test
  void thePointAtInfinityIsNoKey() {
    byte[] nonce = scalar();
    byte[] point = java.publicKey(nonce);
    byte[] s = scalar();
    byte[] rs = new byte[64];
    System.arraycopy(point, 0, rs, 0, 32);
    System.arraycopy(s, 0, rs, 32, 32);
    BigInteger e = new BigInteger(1, s).multiply(new BigInteger(1, nonce)).mod(N);
    byte[] digest = BigIntegers.asUnsignedByteArray(32, e);
    assertThat(assertRecoverAgrees(digest, rs, point[63] & 1)).isNull();
    assertThat(assertRecoverAgrees(digest, rs, 1 - (point[63] & 1))).isNotNull();
  }

  @Test
  void decodedPointsAgree() {
    int none = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] compressed = bytes(33);
      compressed[0] = (byte) (2 + i % 2);
      byte[] point = java.decodePoint(compressed);
      assertThat(library.decodePoint(compressed)).isEqualTo(point);
      none += point == null ? 1 : 0;
      byte[] uncompressed = bytes(65);
      uncompressed[0] = 4;
      assertThat(java.decodePoint(uncompressed)).isNull();
      assertThat(library.decodePoint(uncompressed)).isNull();
      if (point != null) {
        System.arraycopy(point, 0, uncompressed, 1, 64);
        assertThat(java.decodePoint(uncompressed)).isEqualTo(point);
        assertThat(library.decodePoint(uncompressed)).isEqualTo(point);
      }
    }
    assertThat(none).isBetween(ROUNDS / 4, 3 * ROUNDS / 4);
  }

  @Test
  void coordinatesBeyondTheFieldAreNoPoint() {
    String field = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";
    for (String hex :
        List.of(
            "02" + field,
            "03" + "ff".repeat(32),
            "04" + field + "00".repeat(32),
            "02" + "00".repeat(32))) {
      byte[] encoded = Hex.decode(hex);
      assertThat(java.decodePoint(encoded)).isNull();
      assertThat(library.decodePoint(encoded)).isNull();
    }
  }

  @Test
  void thePropertyChooses() {
    assertThat(Backends.choose("java").name()).isEqualTo("bouncycastle");
    assertThat(Backends.choose("native").name()).isEqualTo("libsecp256k1");
    assertThat(Backends.choose("auto").name()).isEqualTo("libsecp256k1");
    assertThatThrownBy(() -> Backends.choose("other")).isInstanceOf(IllegalArgumentException.class);
  }

  /** Prints what a program would calculate with. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      System.out.println(Backends.ACTIVE.name());
    }
  }

  @Test
  void whereTheLibraryCannotBeUnpackedJavaDoes(@TempDir Path directory)
      throws IOException, InterruptedException {
    String unpacked = "-Djava.io.tmpdir=" + directory.resolve("missing");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            unpacked,
            "-cp",
            System.getProperty("klay.processes.classpath", System.getProperty("java.class.path")),
            Program.class.getName());
    Process program =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor()).isZero();
    assertThat(printed.strip()).isEqualTo("bouncycastle");
  }

  private byte[] assertRecoverAgrees(byte[] digest, byte[] rs, int recoveryId) {
    byte[] point = java.recover(digest, rs, recoveryId);
    assertThat(library.recover(digest, rs, recoveryId)).isEqualTo(point);
    return point;
  }

  private byte[] scalar() {
    byte[] bytes = bytes(32);
    UInt256 value = UInt256.fromBytes(bytes);
    return value.isZero() || value.compareTo(Signature.N) >= 0 ? scalar() : bytes;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
