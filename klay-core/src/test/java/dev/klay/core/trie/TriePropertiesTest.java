package dev.klay.core.trie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The trie against a sorted map. Keys are short and of few bytes, so that they share prefixes. */
class TriePropertiesTest {
  private record Step(Bytes key, Optional<Bytes> value) {}

  @Property
  void aTrieHoldsWhatASortedMapHolds(@ForAll("steps") List<Step> steps) {
    TreeMap<Bytes, Bytes> model = new TreeMap<>();
    Trie<Bytes> trie = empty();
    for (Step step : steps) {
      trie = apply(trie, step);
      step.value().ifPresentOrElse(v -> model.put(step.key(), v), () -> model.remove(step.key()));
      assertThat(trie.get(step.key())).isEqualTo(step.value());
    }
    assertThat(entries(trie)).containsExactlyEntriesOf(model);
    assertThat(trie.rootHash()).isEqualTo(empty().putAll(model).rootHash());
    assertThat(trie.isEmpty()).isEqualTo(model.isEmpty());
  }

  @Property
  void equalContentHasAnEqualRootInWhateverOrderItWasWritten(
      @ForAll("steps") List<Step> steps, @ForAll long seed) {
    Trie<Bytes> trie = steps.stream().reduce(empty(), TriePropertiesTest::apply, (a, b) -> b);
    List<Map.Entry<Bytes, Bytes>> shuffled = new ArrayList<>(entries(trie).entrySet());
    Collections.shuffle(shuffled, new Random(seed));
    Trie<Bytes> other = empty();
    for (Map.Entry<Bytes, Bytes> entry : shuffled) {
      other = other.put(entry.getKey(), entry.getValue());
    }
    assertThat(other.rootHash()).isEqualTo(trie.rootHash());
  }

  @Property
  void oldVersionsAreUnaffectedByLaterWrites(@ForAll("steps") List<Step> steps) {
    Trie<Bytes> trie = empty();
    Map<Trie<Bytes>, Map<Bytes, Bytes>> versions = new LinkedHashMap<>();
    for (Step step : steps) {
      trie = apply(trie, step);
      versions.put(trie, entries(trie));
    }
    versions.forEach(
        (version, content) -> {
          assertThat(entries(version)).isEqualTo(content);
          assertThat(version.rootHash()).isEqualTo(empty().putAll(content).rootHash());
        });
  }

  @Property
  void visitsStartAtTheGivenKey(@ForAll("steps") List<Step> steps, @ForAll("keys") Bytes first) {
    Trie<Bytes> trie = steps.stream().reduce(empty(), TriePropertiesTest::apply, (a, b) -> b);
    SortedMap<Bytes, Bytes> expected = new TreeMap<>(entries(trie)).tailMap(first);
    Map<Bytes, Bytes> visited = new LinkedHashMap<>();
    trie.visitFrom(
        first,
        (key, value) -> {
          visited.put(key, value);
          return true;
        });
    assertThat(visited).containsExactlyEntriesOf(expected);
  }

  @Property
  void proofsShowPresenceAndAbsence(
      @ForAll("steps") List<Step> steps, @ForAll("keys") Bytes otherKey) {
    Trie<Bytes> trie = steps.stream().reduce(empty(), TriePropertiesTest::apply, (a, b) -> b);
    Hash root = trie.rootHash();
    for (Step step : steps) {
      assertThat(trie.proof(step.key()).verify(root, step.key())).isEqualTo(trie.get(step.key()));
    }
    assertThat(trie.proof(otherKey).verify(root, otherKey)).isEqualTo(trie.get(otherKey));
  }

  @Property
  void aProofWithAnyByteAlteredOrAnyNodeMissingIsRefused(
      @ForAll("steps") List<Step> steps, @ForAll("keys") Bytes key) {
    Trie<Bytes> trie = steps.stream().reduce(empty(), TriePropertiesTest::apply, (a, b) -> b);
    Hash root = trie.rootHash();
    Proof proof = trie.proof(key);
    for (int node = 0; node < proof.nodes().size(); node++) {
      for (int at = 0; at < proof.nodes().get(node).size(); at++) {
        byte[] altered = proof.nodes().get(node).toArray();
        altered[at] ^= 0x01;
        assertRefused(with(proof, node, altered), root, key);
      }
      List<Bytes> shorter = new ArrayList<>(proof.nodes());
      shorter.remove(node);
      assertRefused(new Proof(shorter), root, key);
    }
    List<Bytes> longer = new ArrayList<>(proof.nodes());
    longer.add(Bytes.of((byte) 0x80));
    assertRefused(new Proof(longer), root, key);
  }

  private static Proof with(Proof proof, int node, byte[] altered) {
    List<Bytes> nodes = new ArrayList<>(proof.nodes());
    nodes.set(node, Bytes.wrap(altered));
    return new Proof(nodes);
  }

  private static void assertRefused(Proof proof, Hash root, Bytes key) {
    assertThatThrownBy(() -> proof.verify(root, key)).isInstanceOf(InvalidProofException.class);
  }

  private static Trie<Bytes> empty() {
    return Trie.empty(value -> value);
  }

  private static Trie<Bytes> apply(Trie<Bytes> trie, Step step) {
    return step.value().map(v -> trie.put(step.key(), v)).orElseGet(() -> trie.remove(step.key()));
  }

  private static Map<Bytes, Bytes> entries(Trie<Bytes> trie) {
    Map<Bytes, Bytes> entries = new LinkedHashMap<>();
    trie.forEach(entries::put);
    return entries;
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Bytes> value =
        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(60).map(Bytes::of);
    return Combinators.combine(keys(), value.optional(0.7)).as(Step::new).list().ofMaxSize(60);
  }

  @Provide
  Arbitrary<Bytes> keys() {
    Arbitrary<Byte> few = Arbitraries.of((byte) 0x00, (byte) 0x01, (byte) 0x10, (byte) 0xff);
    Arbitrary<Bytes> close = few.array(byte[].class).ofMaxSize(5).map(Bytes::of);
    Arbitrary<Bytes> hashes = Arbitraries.integers().between(0, 40).map(i -> hashOf(i).toBytes());
    return Arbitraries.oneOf(close, hashes);
  }

  private static Hash hashOf(int number) {
    return Keccak256.hash(new byte[] {(byte) number});
  }
}
