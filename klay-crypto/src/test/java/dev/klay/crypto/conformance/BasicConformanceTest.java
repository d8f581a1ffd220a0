package dev.klay.crypto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.Signature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The parts of ethereum/tests' BasicTests and GenesisTests that concern keys and signatures. */
@Tag("conformance")
class BasicConformanceTest {
  /** A case is recognised by a field that only its kind has. */
  private static final Map<String, String> SKIPPED =
      Map.of(
          "decryption_type", "encryption to a peer's key (ECIES, RLPx) is no part of this library",
          "term", "hex-prefix paths belong to the state trie, in klay-core",
          "result", "headers of Ethereum's proof of work are not ours",
          "inputs", "headers of Ethereum's proof of work are not ours",
          "genesis_rlp_hex", "headers of Ethereum's proof of work are not ours");

  @Test
  void publishedVectors() {
    List<Path> files = Vectors.files("ethereum/basic", ".json");
    try (Tally tally = new Tally("basic")) {
      for (Path file : files) {
        JsonNode content = Vectors.read(file);
        String name = file.getFileName().toString();
        if (SKIPPED.keySet().stream().anyMatch(content::has)) {
          tally.skip();
          continue;
        }
        int number = 0;
        for (JsonNode each : content) {
          run(tally, name + " " + number++, each);
        }
      }
    }
  }

  private static void run(Tally tally, String name, JsonNode vector) {
    if (SKIPPED.keySet().stream().anyMatch(vector::has)) {
      tally.skip();
    } else if (vector.has("sig_of_emptystring")) {
      tally.run(name, () -> keyAndAddress(vector));
    } else {
      tally.run(name, () -> transaction(vector));
    }
  }

  /**
   * The signatures of this file are left aside: no one digest exists under which both of them
   * recover to their keys, so they were not made over the same empty text.
   */
  private static void keyAndAddress(JsonNode vector) {
    byte[] seed = vector.path("seed").asText().getBytes(StandardCharsets.UTF_8);
    try (PrivateKey key = PrivateKey.of(Keccak256.hash(seed).toArray())) {
      assertThat(Bytes.wrap(key.exportSecret()))
          .isEqualTo(Bytes.fromHex(vector.path("key").asText()));
      assertThat(key.address().toHex()).isEqualTo("0x" + vector.path("addr").asText());
    }
  }

  /** An Ethereum transaction of 2015: six fields, then v, r, s, zero while unsigned. */
  private static void transaction(JsonNode vector) {
    RlpWriter fields = new RlpWriter();
    fields
        .integer(vector.path("nonce").longValue())
        .integer(vector.path("gasprice").longValue())
        .integer(vector.path("startgas").longValue())
        .bytes(Bytes.fromHex(vector.path("to").asText()))
        .integer(vector.path("value").longValue())
        .bytes(Bytes.fromHex(vector.path("data").asText()));
    Bytes six = fields.toBytes();
    assertThat(RlpWriter.encodeList(w -> w.raw(six).integer(0).integer(0).integer(0)))
        .isEqualTo(Bytes.fromHex(vector.path("unsigned").asText()));

    RlpReader signed = RlpReader.ofSingleList(Bytes.fromHex(vector.path("signed").asText()));
    RlpWriter read = new RlpWriter();
    for (int i = 0; i < 6; i++) {
      read.raw(signed.readRaw());
    }
    assertThat(read.toBytes()).isEqualTo(six);
    int recoveryId = signed.readInt(28) - 27;
    Signature signature = new Signature(signed.readUInt256(), signed.readUInt256(), recoveryId);
    signed.expectEnd();

    Hash digest = Keccak256.hash(RlpWriter.encodeList(w -> w.raw(six)));
    try (PrivateKey key = PrivateKey.fromHex(vector.path("key").asText())) {
      assertThat(signature.recoverAddress(digest)).isEqualTo(key.address());
    }
  }
}
