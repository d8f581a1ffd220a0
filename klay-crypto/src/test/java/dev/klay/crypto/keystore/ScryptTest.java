package dev.klay.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScryptTest {
  private static final Bytes SALT = Bytes.of(new byte[32]);

  /** RFC 7914, section 12. */
  @Test
  void publishedVectors() {
    assertThat(scrypt("", "", 16, 1, 1))
        .isEqualTo(
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
    assertThat(scrypt("password", "NaCl", 1024, 8, 16))
        .isEqualTo(
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  }

  private static String scrypt(String password, String salt, int n, int r, int p) {
    return Hex.encode(
        Scrypt.derive(
            password.getBytes(StandardCharsets.US_ASCII),
            salt.getBytes(StandardCharsets.US_ASCII),
            n,
            r,
            p,
            64));
  }

  @ParameterizedTest
  @CsvSource({"2,1,1", "4,2,3", "64,3,2", "1024,8,1", "128,1,8", "32,17,5"})
  void agreesWithBouncyCastle(int n, int r, int p) {
    Random random = new Random(n + r + p);
    byte[] password = new byte[random.nextInt(40)];
    byte[] salt = new byte[random.nextInt(40)];
    random.nextBytes(password);
    random.nextBytes(salt);
    assertThat(Scrypt.derive(password, salt, n, r, p, 32))
        .isEqualTo(SCrypt.generate(password, salt, n, r, p, 32));
  }

  @ParameterizedTest
  @CsvSource({
    "4194304,2,1", // more than 512 MiB
    "1073741824,2147483647,1",
    "262144,8,9", // n*r*p beyond 2^24
    "2,1,65537", // p blocks
    "2,2147483647,2147483647",
    "2,1,2147483647"
  })
  void refusesHostileCosts(int n, int r, int p) {
    assertThatThrownBy(() -> new ScryptDerivation(n, r, p, SALT))
        .isInstanceOf(UnsupportedKeystoreException.class)
        .hasMessageContaining("scrypt n=" + n + " r=" + r);
  }

  @ParameterizedTest
  @CsvSource({
    "0,8,1",
    "1,8,1",
    "3,8,1",
    "4097,8,1",
    "-2147483648,8,1",
    "4096,0,1",
    "4096,8,0",
    "4096,-8,1",
    "4096,8,-1"
  })
  void refusesImpossibleParameters(int n, int r, int p) {
    assertThatThrownBy(() -> new ScryptDerivation(n, r, p, SALT))
        .isInstanceOf(CorruptKeystoreException.class);
  }

  @Test
  void boundsPbkdf2() {
    assertThatThrownBy(() -> new Pbkdf2Derivation(10_000_001, SALT))
        .isInstanceOf(UnsupportedKeystoreException.class);
    assertThatThrownBy(() -> new Pbkdf2Derivation(0, SALT))
        .isInstanceOf(CorruptKeystoreException.class);
  }
}
