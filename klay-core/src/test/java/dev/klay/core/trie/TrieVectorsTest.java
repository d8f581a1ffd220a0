package dev.klay.core.trie;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Ethereum trie tests. Files with "secure" in their names hash the keys. */
@Tag("conformance")
class TrieVectorsTest {
  private static final int ORDERS = 10;

  private record Write(Bytes key, Optional<Bytes> value) {}

  @Test
  void rootsAndNeighboursAreThoseOfTheVectors() {
    List<Path> files = Vectors.files("ethereum/trie", ".json");
    try (Tally tally = new Tally("trie")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean secure = name.toLowerCase(Locale.ROOT).contains("secure");
        for (Map.Entry<String, JsonNode> test : Vectors.read(file).properties()) {
          JsonNode body = test.getValue();
          tally.run(
              name + " " + test.getKey(),
              () -> {
                if (body.has("root")) {
                  checkRoot(body, secure);
                } else {
                  checkNeighbours(body);
                }
              });
        }
      }
    }
  }

  private static void checkRoot(JsonNode test, boolean secure) {
    Hash expected = Hash.fromHex(test.get("root").textValue());
    List<Write> writes = writes(test.get("in"), secure);
    assertThat(apply(writes).rootHash()).isEqualTo(expected);
    if (test.get("in").isObject()) {
      for (int seed = 0; seed < ORDERS; seed++) {
        Collections.shuffle(writes, new Random(seed));
        assertThat(apply(writes).rootHash()).isEqualTo(expected);
      }
    }
  }

  private static Trie<Bytes> apply(List<Write> writes) {
    Trie<Bytes> trie = Trie.empty(value -> value);
    for (Write write : writes) {
      Trie<Bytes> before = trie;
      trie =
          write
              .value()
              .map(value -> before.put(write.key(), value))
              .orElse(before.remove(write.key()));
    }
    return trie;
  }

  private static List<Write> writes(JsonNode in, boolean secure) {
    List<Write> writes = new ArrayList<>();
    if (in.isObject()) {
      in.properties().forEach(e -> writes.add(write(e.getKey(), e.getValue(), secure)));
    } else {
      in.forEach(pair -> writes.add(write(pair.get(0).textValue(), pair.get(1), secure)));
    }
    return writes;
  }

  private static Write write(String key, JsonNode value, boolean secure) {
    Bytes plain = bytes(key);
    return new Write(
        secure ? Keccak256.hash(plain).toBytes() : plain,
        value.isNull() ? Optional.empty() : Optional.of(bytes(value.textValue())));
  }

  private static Bytes bytes(String text) {
    return text.startsWith("0x")
        ? Bytes.fromHex(text)
        : Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void checkNeighbours(JsonNode test) {
    Trie<Bytes> filled = Trie.empty(value -> value);
    for (JsonNode key : test.get("in")) {
      filled = filled.put(bytes(key.textValue()), bytes(key.textValue()));
    }
    Trie<Bytes> trie = filled;
    for (JsonNode row : test.get("tests")) {
      Bytes key = bytes(row.get(0).textValue());
      assertThat(previous(trie, key)).isEqualTo(bytes(row.get(1).textValue()));
      assertThat(next(trie, key)).isEqualTo(bytes(row.get(2).textValue()));
    }
  }

  /** The last key before the given one, empty if there is none. */
  private static Bytes previous(Trie<Bytes> trie, Bytes key) {
    List<Bytes> before = new ArrayList<>(List.of(Bytes.EMPTY));
    trie.visitFrom(
        Bytes.EMPTY,
        (found, value) -> {
          if (found.compareTo(key) < 0) {
            before.add(found);
          }
          return found.compareTo(key) < 0;
        });
    return before.get(before.size() - 1);
  }

  /** The first key behind the given one, empty if there is none. */
  private static Bytes next(Trie<Bytes> trie, Bytes key) {
    List<Bytes> behind = new ArrayList<>();
    byte[] successor = Arrays.copyOf(key.toArray(), key.size() + 1);
    trie.visitFrom(
        Bytes.wrap(successor),
        (found, value) -> {
          behind.add(found);
          return false;
        });
    return behind.isEmpty() ? Bytes.EMPTY : behind.get(0);
  }
}
