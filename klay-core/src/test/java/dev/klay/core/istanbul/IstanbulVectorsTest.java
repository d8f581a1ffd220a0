package dev.klay.core.istanbul;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Selection, seeds, quorums, timers and messages of Klaytn's Istanbul. Nothing is skipped. */
@Tag("conformance")
class IstanbulVectorsTest {
  private static void each(String topic, Consumer<JsonNode> check) {
    try (Tally tally = new Tally("klaytn-" + topic)) {
      Vectors.topic("klaytn", topic)
          .forEach(
              (name, file) -> {
                JsonNode cases = file.has("cases") ? file.get("cases") : file;
                if (cases.isArray()) {
                  cases.forEach(v -> tally.run(name + " " + v, () -> check.accept(v)));
                } else {
                  tally.run(name, () -> check.accept(cases));
                }
              });
    }
  }

  @Test
  void theGeneratorStartsFromGosTable() {
    each(
        "go-math-rand-table",
        file -> {
          List<Long> words = new ArrayList<>();
          file.get("words").forEach(w -> words.add(Long.parseUnsignedLong(w.asText())));
          assertThat(GoRandomTable.START)
              .containsExactly(words.stream().mapToLong(w -> w).toArray());
        });
  }

  @Test
  void numbersAndShufflesAreGos() {
    each(
        "go-math-rand-shuffles",
        vector -> {
          long seed = vector.get("seed").asLong();
          GoRandom random = new GoRandom(seed);
          for (JsonNode number : vector.get("int63")) {
            assertThat(random.int63()).isEqualTo(Long.parseLong(number.asText()));
          }
          List<Integer> items = IntStream.range(0, vector.get("n").asInt()).boxed().toList();
          assertThat(new GoRandom(seed).legacyShuffle(items))
              .isEqualTo(numbers(vector.get("legacyShuffle")));
          assertThat(new GoRandom(seed).shuffle(items))
              .isEqualTo(numbers(vector.get("fisherYates")));
        });
  }

  @Test
  void seedsAreTakenFromHashes() {
    each(
        "seed-from-hash",
        vector -> {
          Hash hash = Hash.fromHex(vector.get("hash").asText());
          assertThat(ShuffleSeed.ofBlockHash(hash))
              .isEqualTo(Long.parseLong(vector.get("seedFirst15Nibbles").asText()));
          assertThat(ShuffleSeed.ofMixHash(hash.toBytes()))
              .isEqualTo(Long.parseLong(vector.get("seedFirst8BytesSigned").asText()));
        });
  }

  @Test
  void validatorsAreCountedByTheTextOfTheirAddresses() {
    each(
        "validator-sort-order",
        vector ->
            assertThat(ValidatorOrder.sorted(addresses(vector.get("input"))))
                .isEqualTo(addresses(vector.get("sorted"))));
  }

  @Test
  void roundRobinGoesOnFromTheLastAuthor() {
    each(
        "proposer-roundrobin",
        vector ->
            assertThat(
                    KlaytnProposer.roundRobin(
                        addresses(vector.get("validators")),
                        lastProposer(vector),
                        vector.get("round").asLong()))
                .isEqualTo(address(vector.get("proposer"))));
  }

  @Test
  void stickyStaysWithTheLastAuthor() {
    each(
        "proposer-sticky",
        vector ->
            assertThat(
                    KlaytnProposer.sticky(
                        addresses(vector.get("validators")),
                        lastProposer(vector),
                        vector.get("round").asLong()))
                .isEqualTo(address(vector.get("proposer"))));
  }

  @Test
  void committeesAndProposerListsAreShuffledAsKlaytnDoes() {
    each("committee-selection", IstanbulVectorsTest::checkCommittee);
  }

  private static void checkCommittee(JsonNode vector) {
    String algorithm = vector.get("algorithm").asText();
    if (algorithm.startsWith("SelectRandomCommittee")) {
      boolean added = algorithm.contains("round added");
      long round = vector.path("round").asLong(0);
      Hash parent = Hash.fromHex(vector.get("prevHash").asText());
      assertThat(
              Committee.random(
                  addresses(vector.get("qualified")),
                  vector.get("committeeSize").asLong(),
                  address(vector.get("proposer")),
                  address(vector.get("nextDistinctProposer")),
                  Committee.seed(parent, round, added)))
          .isEqualTo(addresses(vector.get("committee")));
    } else if (algorithm.startsWith("SelectRandaoCommittee")) {
      assertThat(
              Committee.randao(
                  addresses(vector.get("qualified")),
                  vector.get("committeeSize").asLong(),
                  Bytes.fromHex(
                      (vector.has("prevMixHash")
                              ? vector.get("prevMixHash")
                              : vector.get("mixHash"))
                          .asText())))
          .isEqualTo(addresses(vector.get("committee")));
    } else if (algorithm.startsWith("ProposerList")) {
      checkList(vector);
    } else if (algorithm.startsWith("WeightedRandom")) {
      assertThat(
              KlaytnProposer.weighted(
                  addresses(vector.get("list")),
                  vector.get("num").asLong(),
                  vector.get("listSourceNum").asLong(),
                  vector.get("round").asLong()))
          .isEqualTo(address(vector.get("proposer")));
    } else {
      throw new AssertionError("unknown algorithm: " + algorithm);
    }
  }

  private static void checkList(JsonNode vector) {
    List<Address> validators = addresses(vector.get("validators"));
    List<Integer> weights =
        vector.has("weights")
            ? numbers(vector.get("weights"))
            : validators.stream().map(v -> 0).toList();
    List<Address> list =
        ProposerList.of(validators, weights, Hash.fromHex(vector.get("updateBlockHash").asText()));
    List<Address> expected =
        vector.has("list")
            ? addresses(vector.get("list"))
            : numbers(vector.get("listIndices")).stream().map(validators::get).toList();
    assertThat(list).isEqualTo(expected);
  }

  @Test
  void quorumsAreCountedByKlaytnsVersions() {
    each(
        "quorum",
        vector -> {
          long n = vector.get("n").asLong();
          assertThat(IstanbulQuorum.faulty(n)).isEqualTo(vector.get("F").asLong());
          assertThat(IstanbulQuorum.seals(n)).isEqualTo(vector.get("headerMinSeals").asLong());
          assertThat(IstanbulQuorum.seals(n)).isEqualTo(vector.get("legacyQuorum2FPlus1").asLong());
          assertThat(IstanbulQuorum.votes(n)).isEqualTo(vector.get("coreQuorum").asLong());
          assertThat(IstanbulQuorum.weak(n)).isEqualTo(vector.get("weakCertificate").asLong());
        });
  }

  @Test
  void timersDoubleFromRoundOneOn() {
    each(
        "round-timeouts",
        vector ->
            assertThat(RoundTimeout.millis(RoundTimeout.BASE_MILLIS, vector.get("round").asLong()))
                .isEqualTo(vector.get("timeoutMs").asLong()));
  }

  @Test
  void aMixHashIsMadeOfTheParentsAndTheReveal() {
    each(
        "randao",
        vector -> {
          assertThat(Randao.message(vector.get("number").asLong()))
              .isEqualTo(bytes(vector.get("msg")));
          assertThat(
                  Randao.mixHash(
                      bytes(vector.get("prevMixHash")), bytes(vector.get("randomReveal"))))
              .isEqualTo(bytes(vector.get("mixHash")));
        });
  }

  @Test
  void messagesAreSignedAndEncodedAsKlaytnDoes() {
    try (Tally tally = new Tally("klaytn-istanbul-messages")) {
      for (JsonNode file : Vectors.topic("klaytn", "istanbul-messages").values()) {
        for (JsonNode vector : file.get("cases")) {
          tally.run(vector.get("name").asText(), () -> checkMessage(file, vector));
        }
      }
    }
  }

  private static void checkMessage(JsonNode file, JsonNode vector) {
    IstanbulMessage decoded = IstanbulMessage.decode(bytes(vector.get("payload")));
    assertThat(decoded.encode()).isEqualTo(bytes(vector.get("payload")));
    assertThat(decoded.code().ordinal()).isEqualTo(vector.get("code").asInt());
    assertThat(decoded.message()).isEqualTo(bytes(vector.get("msg")));
    assertThat(decoded.parentHash().toHex()).isEqualTo(vector.get("hashField").asText());
    assertThat(decoded.signingPayload()).isEqualTo(bytes(vector.get("payloadNoSig")));
    assertThat(decoded.signingHash().toHex()).isEqualTo(vector.get("signedDigest").asText());
    assertThat(decoded.signer()).isEqualTo(address(file.get("address")));
    assertThat(decoded.frame()).isEqualTo(bytes(vector.get("p2pIstanbulMsg0x11")));
    IstanbulMessage.Subject subject = IstanbulMessage.Subject.decode(decoded.message());
    try (PrivateKey key = PrivateKey.fromHex(file.get("privateKey").asText())) {
      assertThat(
              IstanbulMessage.sign(
                  decoded.code(), subject, bytes(vector.get("committedSeal")), key))
          .isEqualTo(decoded);
    }
  }

  private static Optional<Address> lastProposer(JsonNode vector) {
    JsonNode last = vector.get("lastProposer");
    return last.isNull() ? Optional.empty() : Optional.of(address(last));
  }

  private static Bytes bytes(JsonNode hex) {
    return Bytes.fromHex(hex.asText());
  }

  private static Address address(JsonNode text) {
    return Address.parse(text.asText().toLowerCase(Locale.ROOT));
  }

  private static List<Address> addresses(JsonNode array) {
    List<Address> addresses = new ArrayList<>();
    array.forEach(text -> addresses.add(address(text)));
    return addresses;
  }

  private static List<Integer> numbers(JsonNode array) {
    List<Integer> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asInt()));
    return numbers;
  }
}
