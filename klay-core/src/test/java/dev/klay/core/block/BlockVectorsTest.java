package dev.klay.core.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.proof.Seals;
import dev.klay.crypto.rlp.RlpWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
class BlockVectorsTest {
  @Test
  void rootsOfAllThreeModes() {
    JsonNode cases = Vectors.merged("klaytn", "derive-sha").get("cases");
    try (Tally tally = new Tally("klaytn-derive-sha")) {
      for (JsonNode vector : cases) {
        tally.run("n=" + vector.get("n"), () -> checkRoots(vector));
      }
    }
  }

  private static void checkRoots(JsonNode vector) {
    List<Bytes> items = new ArrayList<>();
    for (int i = 0; i < vector.get("n").asInt(); i++) {
      int index = i;
      byte[] text = ("item" + i).getBytes(StandardCharsets.US_ASCII);
      items.add(RlpWriter.encodeList(w -> w.integer(index).bytes(text)));
    }
    for (DeriveSha mode : DeriveSha.values()) {
      String name = mode.name().toLowerCase(java.util.Locale.ROOT);
      assertThat(mode.root(items).toHex()).isEqualTo(vector.get(name).asText());
    }
  }

  @Test
  void bloomsHoldWhatWasAdded() {
    try (Tally tally = new Tally("klaytn-bloom")) {
      Vectors.topic("klaytn", "bloom")
          .forEach((name, file) -> tally.run(name, () -> checkBloom(file)));
    }
  }

  private static void checkBloom(JsonNode vector) {
    Bloom bloom = Bloom.ofItems(ascii(vector.get("inputs")));
    assertThat(bloom.bits().toHex()).isEqualTo(vector.get("bloom").asText());
    assertThat(ascii(vector.get("mustContain"))).allMatch(bloom::mayContainItem);
    assertThat(ascii(vector.get("mustNotContain"))).noneMatch(bloom::mayContainItem);
  }

  private static List<Bytes> ascii(JsonNode texts) {
    List<Bytes> items = new ArrayList<>();
    texts.forEach(t -> items.add(Bytes.wrap(t.asText().getBytes(StandardCharsets.US_ASCII))));
    return items;
  }

  @Test
  void receiptsEncodeAsTheReceiptsRootNeedsThem() {
    JsonNode cases = Vectors.merged("klaytn", "receipts").get("cases");
    try (Tally tally = new Tally("klaytn-receipts")) {
      for (JsonNode vector : cases) {
        tally.run("receipt " + tally.passed(), () -> checkReceipt(vector));
      }
    }
  }

  private static void checkReceipt(JsonNode vector) {
    Bytes rlp = Bytes.fromHex(vector.get("rlp").asText());
    ConsensusReceipt receipt = ConsensusReceipt.decode(rlp);
    assertThat(receipt.encode()).isEqualTo(rlp);
    assertThat(receipt.status()).isEqualTo(vector.get("status").asInt());
    assertThat(receipt.gasUsed()).isEqualTo(vector.get("gasUsed").asLong());
    assertThat(receipt.bloom()).isEqualTo(Bloom.of(receipt.logs()));
    for (DeriveSha mode : DeriveSha.values()) {
      String label =
          mode.name().charAt(0) + mode.name().substring(1).toLowerCase(java.util.Locale.ROOT);
      if (vector.has("root" + label)) {
        assertThat(mode.root(List.of(rlp)).toHex()).isEqualTo(vector.get("root" + label).asText());
      }
    }
  }

  @Test
  void extraDataDecodesAndEncodesBack() {
    JsonNode cases = Vectors.merged("klaytn", "istanbul-extra-klaytn").get("cases");
    try (Tally tally = new Tally("klaytn-istanbul-extra")) {
      for (JsonNode vector : cases) {
        if (!vector.has("extra")) {
          tally.skip(); // rules in words; ExtraDataTest has them as cases
          continue;
        }
        tally.run(vector.get("name").asText(), () -> checkExtra(vector));
      }
    }
  }

  private static void checkExtra(JsonNode vector) {
    Bytes encoded = Bytes.fromHex(vector.get("extra").asText());
    ExtraData extra = ExtraData.decode(encoded);
    assertThat(extra.encode()).isEqualTo(encoded);
    assertThat(extra.validators().size()).isEqualTo(vector.get("validators").size());
    assertThat(extra.proposerSeal()).isEqualTo(Bytes.fromHex(vector.get("seal").asText()));
  }

  @Test
  void wholeBlocksHashAsPublished() {
    try (Tally tally = new Tally("klaytn-blocks")) {
      for (Path file : Vectors.files("klaytn/blocks", ".json")) {
        JsonNode vector = Vectors.read(file);
        tally.run(file.getFileName().toString(), () -> checkBlock(vector));
      }
    }
  }

  private static void checkBlock(JsonNode vector) {
    Bytes rlp = Bytes.fromHex(vector.get("blockRlp").asText());
    Block block = Block.decode(SealRule.ISTANBUL, rlp);
    assertThat(block.encode()).isEqualTo(rlp);
    assertThat(block.hash().toHex()).isEqualTo(vector.get("hash").asText());
    Header header = block.header();
    assertThat(header.signingHash(SealRule.ISTANBUL).toHex())
        .isEqualTo(vector.get("sigHash").asText());
    assertThat(header.proposer(SealRule.ISTANBUL))
        .isEqualTo(Address.parse(vector.get("proposer").asText()));
    List<Address> committers = new ArrayList<>();
    vector.get("committers").forEach(node -> committers.add(Address.parse(node.asText())));
    assertThat(Seals.istanbulSigners(block.hash(), header.extraData().committedSeals()))
        .containsExactlyInAnyOrderElementsOf(committers);
  }
}
