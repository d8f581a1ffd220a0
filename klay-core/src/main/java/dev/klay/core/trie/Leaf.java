package dev.klay.core.trie;

import dev.klay.crypto.primitive.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One entry. Its path is the rest of the key from its depth on, possibly nothing. */
final class Leaf<V> extends Node<V> {
  private final byte[] key;
  private final int depth;
  private final V value;

  Leaf(byte[] key, int depth, V value) {
    this.key = key;
    this.depth = depth;
    this.value = value;
  }

  V value() {
    return value;
  }

  @Override
  @Nullable V get(byte[] wanted) {
    return Arrays.equals(key, wanted) ? value : null;
  }

  @Override
  Node<V> put(byte[] newKey, V newValue) {
    int shorter = Math.min(Nibbles.count(key), Nibbles.count(newKey));
    int fork = Nibbles.mismatch(key, newKey, depth, shorter);
    if (fork == shorter && key.length == newKey.length) {
      return new Leaf<>(key, depth, newValue);
    }
    Branch<V> branch = Branch.<V>empty(fork).with(key, value).with(newKey, newValue);
    return branch.raised(key, depth);
  }

  @Override
  @Nullable Node<V> remove(byte[] wanted) {
    return Arrays.equals(key, wanted) ? null : this;
  }

  @Override
  Node<V> raised(byte[] prefix, int newDepth) {
    return new Leaf<>(key, newDepth, value);
  }

  @Override
  boolean visit(byte @Nullable [] from, EntryVisitor<V> visitor) {
    if (from != null && Arrays.compareUnsigned(key, from) < 0) {
      return true;
    }
    return visitor.visit(Bytes.wrap(key), value);
  }

  @Override
  byte[] encode(ValueCodec<V> codec) {
    byte[] encoded = codec.encode(value).unsafeArray();
    int end = Nibbles.count(key);
    return new NodeWriter(NodeWriter.pathSize(end - depth) + NodeWriter.stringSize(encoded))
        .path(key, depth, end, true)
        .string(encoded)
        .toArray();
  }

  @Override
  Leaf<V> write(StoredTries<V> tries, NodeRecordWriter record) {
    record.number(StoredTries.LEAF).number(depth).bytes(key);
    V saved = tries.records().write(value, record);
    record.addExtraBytes(tries.records().extraBytes(saved));
    return new Leaf<>(key, depth, saved);
  }

  static <V> Leaf<V> read(int depth, StoredTries<V> tries, NodeRecordReader record) {
    byte[] key = record.bytes();
    V value = tries.records().read(record);
    record.addExtraBytes(tries.records().extraBytes(value));
    return new Leaf<>(key, depth, value);
  }

  @Override
  @Nullable Node<V> next(byte[] wanted) {
    return null;
  }
}
