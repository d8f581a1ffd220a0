package dev.klay.consensus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is signed: preimage, digest, deterministic signature and who is found to have signed. */
@Tag("conformance")
class ConsensusVectorsTest {
  @Test
  void signingDigests() {
    try (Tally tally = new Tally("consensus-signing")) {
      for (Path file : Vectors.files("consensus", ".json")) {
        for (JsonNode vector : Vectors.read(file).get("cases")) {
          if (vector.has("digest") && vector.has("type_code") && vector.has("private_key")) {
            tally.run(file.getFileName() + " " + vector.get("name").asText(), () -> check(vector));
          }
        }
      }
      assertThat(tally.passed()).isPositive();
    }
  }

  private static void check(JsonNode vector) {
    int type = Integer.decode(vector.get("type_code").asText());
    Hash genesis = Hash.fromHex(vector.get("genesis_hash").asText());
    long height = vector.get("height").asLong();
    int round = vector.get("round").asInt();
    Hash digest;
    if (vector.hasNonNull("prepared")) {
      JsonNode prepared = vector.get("prepared");
      digest =
          ConsensusDigest.ofRoundChange(
              genesis,
              height,
              round,
              prepared.get("round").asInt(),
              Hash.fromHex(prepared.get("block_hash").asText()));
    } else if (type == ConsensusDigest.ROUND_CHANGE) {
      digest = ConsensusDigest.ofRoundChange(genesis, height, round);
    } else {
      Hash block = Hash.fromHex(vector.get("block_hash").asText());
      digest = ConsensusDigest.ofBlock(type, genesis, height, round, block);
    }
    assertThat(digest).isEqualTo(Hash.fromHex(vector.get("digest").asText()));
    Bytes signature = Bytes.fromHex(vector.get("signature").asText());
    try (PrivateKey key = PrivateKey.fromHex(vector.get("private_key").asText())) {
      assertThat(key.sign(digest).encode()).isEqualTo(signature);
    }
    Address signer = Address.parse(vector.get("address").asText());
    assertThat(SignerRecovery.SECP256K1.recover(digest, signature)).isEqualTo(signer);
    if (vector.has("block_hash") && type == ConsensusDigest.PREPARE) {
      checkFrame(vector, height, round, signature, signer);
    }
  }

  private static void checkFrame(
      JsonNode vector, long height, int round, Bytes signature, Address signer) {
    Hash block = Hash.fromHex(vector.get("block_hash").asText());
    MessageCodec codec =
        new MessageCodec(
            Hash.fromHex(vector.get("genesis_hash").asText()),
            SignerRecovery.SECP256K1,
            Samples.Stone.FORMAT);
    Bytes frame =
        RlpWriter.encodeList(
            w ->
                w.integer(FrameType.PREPARE)
                    .integer(height)
                    .integer(round)
                    .hash(block)
                    .bytes(signature));
    assertThat(codec.decode(frame).author()).isEqualTo(signer);
    assertThat(codec.encode(codec.decode(frame))).isEqualTo(frame);
  }
}
