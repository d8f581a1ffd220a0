package dev.klay.crypto.bls12381;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BlsPublicKeyTest {
  private static final BigInteger SECRET = new BigInteger("123456789abcdef0fedcba9876543210", 16);
  private static final Bytes MESSAGE = ascii("a message");
  private static final String SUITE = "BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";

  private final BlsPublicKey key = keyOf(SECRET);

  @Test
  void aSignatureVerifiesForItsMessageAndKeyOnly() {
    Bytes signature = sign(SECRET, MESSAGE, "BLS_SIG_" + SUITE);
    assertThat(key.verify(MESSAGE, signature)).isTrue();
    assertThat(key.verify(ascii("another message"), signature)).isFalse();
    assertThat(keyOf(SECRET.add(BigInteger.ONE)).verify(MESSAGE, signature)).isFalse();
  }

  @Test
  void aProofOfPossessionSignsTheKeyInItsOwnDomain() {
    Bytes proof = sign(SECRET, key.encode(), "BLS_POP_" + SUITE);
    assertThat(key.verifyPossession(proof)).isTrue();
    assertThat(keyOf(SECRET.add(BigInteger.ONE)).verifyPossession(proof)).isFalse();
    Bytes signature = sign(SECRET, key.encode(), "BLS_SIG_" + SUITE);
    assertThat(key.verifyPossession(signature)).isFalse();
    assertThat(key.verify(key.encode(), signature)).isTrue();
  }

  @Test
  void bytesThatAreNoSignatureVerifyForNothing() {
    byte[] outside = new PointCodec<>(Curve.G2).compress(new Samples(7).anywhereOnG2());
    for (Bytes bytes :
        List.of(Bytes.EMPTY, Bytes.wrap(new byte[96]), G2.INFINITY.encode(), Bytes.wrap(outside))) {
      assertThat(key.verify(MESSAGE, bytes)).isFalse();
    }
  }

  @Test
  void infinityAndPointsOutsideTheSubgroupAreNoKeys() {
    assertThatThrownBy(() -> BlsPublicKey.decode(G1.INFINITY.encode()))
        .isInstanceOf(InvalidPointException.class);
    byte[] outside = new PointCodec<>(Curve.G1).compress(new Samples(7).anywhereOnG1());
    assertThatThrownBy(() -> BlsPublicKey.decode(Bytes.wrap(outside)))
        .isInstanceOf(InvalidPointException.class)
        .hasMessageContaining("subgroup");
  }

  @Test
  @Tag("conformance")
  void theRandomRevealOfKlaytnVerifies() {
    JsonNode vector = Vectors.json("klaytn/randao.json");
    BigInteger secret = new BigInteger(vector.path("blsSecretKey").asText().substring(2), 16);
    Bytes message = Bytes.fromHex(vector.path("msg").asText());
    Bytes reveal = Bytes.fromHex(vector.path("randomReveal").asText());
    try (Tally tally = new Tally("klaytn-randao-bls")) {
      tally.run("verifies", () -> assertThat(keyOf(secret).verify(message, reveal)).isTrue());
      tally.run(
          "is what the secret signs",
          () -> assertThat(sign(secret, message, "BLS_SIG_" + SUITE)).isEqualTo(reveal));
    }
  }

  private static BlsPublicKey keyOf(BigInteger secret) {
    return BlsPublicKey.decode(G1.sumOfMultiples(List.of(G1.GENERATOR), List.of(secret)).encode());
  }

  private static Bytes sign(BigInteger secret, Bytes message, String domain) {
    return G2.sumOfMultiples(List.of(HashToG2.hash(message, ascii(domain))), List.of(secret))
        .encode();
  }

  private static Bytes ascii(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
