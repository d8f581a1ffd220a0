package dev.klay.crypto.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.mnemonic.ExtendedPrivateKey;
import dev.klay.crypto.mnemonic.ExtendedPublicKey;
import dev.klay.crypto.mnemonic.HdPath;
import dev.klay.crypto.mnemonic.Mnemonic;
import dev.klay.crypto.primitive.Hex;
import dev.klay.crypto.secp256k1.InvalidKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * BIP-39 and BIP-32. Of languages other than English the seed is checked, which is all that is
 * offered for them; nothing is skipped.
 */
@Tag("conformance")
class HdWalletConformanceTest {
  private static final char[] PASSPHRASE = "TREZOR".toCharArray();

  @Test
  void publishedVectors() throws IOException {
    Path folder = Vectors.require("ethereum/hdwallet");
    List<Path> files = Vectors.files("ethereum/hdwallet", ".json");
    try (Tally tally = new Tally("hdwallet")) {
      for (Path file : files) {
        JsonNode content = Vectors.read(file);
        if (content.has("valid")) {
          content.path("valid").forEach(v -> tally.run(v.path("pub").asText(), () -> bip32(v)));
          content
              .path("invalid")
              .forEach(v -> tally.run(v.path("reason").asText(), () -> refused(v)));
        } else {
          for (Map.Entry<String, JsonNode> language : content.properties()) {
            language
                .getValue()
                .forEach(
                    v ->
                        tally.run(
                            language.getKey() + " " + v.path(0).asText(),
                            () -> bip39(language.getKey().equals("english"), v)));
          }
        }
      }
      Path english = folder.resolve("bip39_english.txt");
      if (Files.exists(english)) {
        tally.run(
            "word list",
            () -> assertThat(Mnemonic.words()).isEqualTo(Files.readAllLines(english)).isSorted());
      }
    }
  }

  private static void bip39(boolean english, JsonNode vector) {
    String phrase = vector.path(1).asText();
    byte[] seed = Mnemonic.seed(phrase.toCharArray(), PASSPHRASE);
    assertThat(Hex.encode(seed)).isEqualTo(vector.path(2).asText());
    try (ExtendedPrivateKey master = ExtendedPrivateKey.ofSeed(seed)) {
      assertThat(new String(master.reveal())).isEqualTo(vector.path(3).asText());
    }
    if (english) {
      try (Mnemonic made = Mnemonic.ofEntropy(Hex.decode(vector.path(0).asText()));
          Mnemonic read = Mnemonic.parse(phrase.toCharArray());
          ExtendedPrivateKey master = read.masterKey(PASSPHRASE)) {
        assertThat(new String(made.reveal())).isEqualTo(phrase);
        assertThat(new String(read.reveal())).isEqualTo(phrase);
        assertThat(new String(master.reveal())).isEqualTo(vector.path(3).asText());
      }
    }
  }

  private static void bip32(JsonNode vector) {
    String xprv = vector.path("prv").asText();
    String xpub = vector.path("pub").asText();
    try (ExtendedPrivateKey master =
            ExtendedPrivateKey.ofSeed(Hex.decode(vector.path("seed").asText()));
        ExtendedPrivateKey key = master.derive(HdPath.parse(vector.path("path").asText()));
        ExtendedPrivateKey read = ExtendedPrivateKey.parse(xprv.toCharArray())) {
      assertThat(new String(key.reveal())).isEqualTo(xprv);
      assertThat(new String(read.reveal())).isEqualTo(xprv);
      assertThat(key.publicKey()).hasToString(xpub).isEqualTo(ExtendedPublicKey.parse(xpub));
    }
  }

  private static void refused(JsonNode vector) {
    String key = vector.path("key").asText();
    assertThatThrownBy(() -> ExtendedPublicKey.parse(key)).isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> ExtendedPrivateKey.parse(key.toCharArray()))
        .isInstanceOf(InvalidKeyException.class);
  }
}
