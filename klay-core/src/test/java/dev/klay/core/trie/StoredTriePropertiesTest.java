package dev.klay.core.trie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.primitive.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * A trie that is saved after some of its writes against one that never is. Keys share prefixes and
 * end in branches, values are short enough for nodes without a hash.
 */
class StoredTriePropertiesTest {
  private record Step(Bytes key, Optional<Bytes> value, boolean saves) {}

  /** Records in a list; their index is the id. */
  private static final class Records implements NodeReader {
    private final List<byte[]> records = new ArrayList<>();

    NodeWriting writing(long moveBelow, int movesMax) {
      return new NodeWriting() {
        private int moved;

        @Override
        public long write(byte[] record) {
          records.add(record);
          return records.size() - 1L;
        }

        @Override
        public boolean moves(long oldest) {
          return oldest < moveBelow && moved++ < movesMax;
        }
      };
    }

    @Override
    public byte[] read(long id) {
      return records.get((int) id).clone();
    }

    /** What a store does with old files. */
    void forgetBelow(long id) {
      for (int i = 0; i < id; i++) {
        records.set(i, new byte[0]);
      }
    }
  }

  private final Records records = new Records();

  private StoredTries<Bytes> tries(long cacheBytes) {
    ValueRecords<Bytes> values =
        new ValueRecords<>() {
          @Override
          public Bytes write(Bytes value, NodeRecordWriter record) {
            record.bytes(value.toArray());
            return value;
          }

          @Override
          public Bytes read(NodeRecordReader record) {
            return Bytes.wrap(record.bytes());
          }
        };
    return new StoredTries<>(value -> value, values, records, new NodeCache(cacheBytes));
  }

  @Property
  void aSavedTrieIsTheSameValue(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(max = 6000) int cacheBytes) {
    StoredTries<Bytes> tries = tries(cacheBytes);
    Trie<Bytes> plain = Trie.empty(value -> value);
    Trie<Bytes> stored = tries.empty();
    for (Step step : steps) {
      plain = apply(plain, step);
      stored = apply(stored, step);
      if (step.saves()) {
        stored = tries.save(stored, records.writing(0, 0));
        assertThat(stored.isEmpty()).isEqualTo(plain.isEmpty());
      }
      assertSame(stored, plain, step.key());
    }
    Trie<Bytes> saved = tries.save(stored, records.writing(0, 0));
    if (!saved.isEmpty()) {
      assertSame(tries(0).open(tries.refOf(saved)), plain, steps.get(0).key());
    }
  }

  @Property
  void oldRecordsAreNotNeededOnceAllIsMoved(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 10, max = 20) int movesMax) {
    StoredTries<Bytes> tries = tries(2000);
    Trie<Bytes> plain = Trie.empty(value -> value);
    for (Step step : steps) {
      plain = apply(plain, step);
    }
    Trie<Bytes> stored = tries.save(plain, records.writing(0, 0));
    if (stored.isEmpty()) {
      return;
    }
    long end = records.records.size();
    int savings = 0;
    while (tries.refOf(stored).oldest() < end) {
      stored = tries.save(stored, records.writing(end, movesMax));
      assertThat(savings++).isLessThan(200);
    }
    records.forgetBelow(end);
    assertSame(tries(0).open(tries.refOf(stored)), plain, steps.get(0).key());
  }

  private static void assertSame(Trie<Bytes> found, Trie<Bytes> expected, Bytes key) {
    assertThat(found.rootHash()).isEqualTo(expected.rootHash());
    assertThat(found.get(key)).isEqualTo(expected.get(key));
    assertThat(found.proof(key)).isEqualTo(expected.proof(key));
    assertThat(entries(found)).isEqualTo(entries(expected));
    TreeMap<Bytes, Bytes> from = new TreeMap<>();
    found.visitFrom(
        key,
        (k, value) -> {
          from.put(k, value);
          return true;
        });
    assertThat(from).isEqualTo(entries(expected).tailMap(key));
  }

  private static TreeMap<Bytes, Bytes> entries(Trie<Bytes> trie) {
    TreeMap<Bytes, Bytes> entries = new TreeMap<>();
    trie.forEach(entries::put);
    return entries;
  }

  private static Trie<Bytes> apply(Trie<Bytes> trie, Step step) {
    return step.value().map(v -> trie.put(step.key(), v)).orElseGet(() -> trie.remove(step.key()));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Bytes> keys =
        Arbitraries.of((byte) 0, (byte) 1, (byte) 0x10, (byte) 0x11)
            .list()
            .ofMaxSize(4)
            .map(StoredTriePropertiesTest::bytes);
    Arbitrary<Optional<Bytes>> values =
        Arbitraries.integers()
            .between(1, 50)
            .map(
                length -> {
                  byte[] value = new byte[length];
                  value[0] = (byte) (int) length;
                  return Bytes.wrap(value);
                })
            .optional(0.7);
    return Combinators.combine(keys, values, Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  private static Bytes bytes(List<Byte> list) {
    byte[] bytes = new byte[list.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = list.get(i);
    }
    return Bytes.wrap(bytes);
  }
}
