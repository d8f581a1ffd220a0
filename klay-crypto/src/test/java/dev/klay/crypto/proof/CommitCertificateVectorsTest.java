package dev.klay.crypto.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
class CommitCertificateVectorsTest {
  @Test
  void certificatesAndQuorumSizes() {
    JsonNode certificates = Vectors.json("consensus/klay-commit-certificates.json").get("cases");
    JsonNode quorums = Vectors.json("consensus/quorum-sizes.json").get("cases");
    try (Tally tally = new Tally("consensus-certificates")) {
      for (JsonNode vector : certificates) {
        tally.run(vector.get("name").asText(), () -> checkCertificate(vector));
      }
      for (JsonNode vector : quorums) {
        tally.run(vector.get("name").asText(), () -> checkQuorum(vector));
      }
    }
  }

  private static void checkCertificate(JsonNode vector) {
    List<Address> validators = new ArrayList<>();
    vector.get("validators").forEach(v -> validators.add(Address.parse(v.asText())));
    List<Bytes> seals = new ArrayList<>();
    vector.get("seals").forEach(s -> seals.add(Bytes.fromHex(s.asText())));
    CommitCertificate certificate =
        new CommitCertificate(
            vector.get("height").asLong(),
            vector.get("round").asInt(),
            Hash.fromHex(vector.get("block_hash").asText()),
            seals);
    Hash genesis = Hash.fromHex(vector.get("genesis_hash").asText());
    assertThat(certificate.findFault(genesis, validators).isEmpty())
        .isEqualTo(vector.get("valid").asBoolean());
  }

  private static void checkQuorum(JsonNode vector) {
    int n = vector.get("n").asInt();
    assertThat(Quorum.size(n)).isEqualTo(vector.get("quorum").asInt());
    assertThat(Quorum.faultyMax(n)).isEqualTo(vector.get("f").asInt());
  }
}
