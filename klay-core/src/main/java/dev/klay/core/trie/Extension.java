package dev.klay.core.trie;

import dev.klay.crypto.DecodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A stretch of path that all keys below share; its child is a branch. */
final class Extension<V> extends Node<V> {
  /** Any key or prefix that passes through here. */
  private final byte[] prefix;

  private final int depth;
  private final int end;
  private final Node<V> child;

  Extension(byte[] prefix, int depth, int end, Node<V> child) {
    this.prefix = prefix;
    this.depth = depth;
    this.end = end;
    this.child = child;
  }

  @Override
  @Nullable V get(byte[] key) {
    Node<V> next = next(key);
    return next == null ? null : next.get(key);
  }

  @Override
  Node<V> put(byte[] key, V value) {
    int shorter = Math.min(end, Nibbles.count(key));
    int fork = Nibbles.mismatch(prefix, key, depth, shorter);
    if (fork == end) {
      return new Extension<>(prefix, depth, end, child.put(key, value));
    }
    Node<V> rest = fork + 1 == end ? child : new Extension<>(prefix, fork + 1, end, child);
    Branch<V> branch = Branch.<V>empty(fork).with(Nibbles.at(prefix, fork), rest).with(key, value);
    return branch.raised(prefix, depth);
  }

  @Override
  @Nullable Node<V> remove(byte[] key) {
    Node<V> next = next(key);
    if (next == null) {
      return this;
    }
    Node<V> left = next.remove(key);
    if (left == null) {
      throw new AssertionError("a branch with two entries lost both at once");
    }
    return left == next ? this : left.raised(prefix, depth);
  }

  @Override
  Node<V> raised(byte[] ignored, int newDepth) {
    // Ours reaches as deep as the other and begins with the same nibbles.
    return new Extension<>(prefix, newDepth, end, child);
  }

  @Override
  boolean visit(byte @Nullable [] from, EntryVisitor<V> visitor) {
    if (from == null) {
      return child.visit(null, visitor);
    }
    int shorter = Math.min(end, Nibbles.count(from));
    int fork = Nibbles.mismatch(prefix, from, depth, shorter);
    if (fork == end) {
      return child.visit(from, visitor);
    }
    boolean behind = fork == shorter || Nibbles.at(prefix, fork) > Nibbles.at(from, fork);
    return !behind || child.visit(null, visitor);
  }

  @Override
  byte[] encode(ValueCodec<V> codec) {
    byte[] reference = child.reference(codec);
    int size = NodeWriter.pathSize(end - depth) + NodeWriter.referenceSize(reference);
    return new NodeWriter(size).path(prefix, depth, end, false).reference(reference).toArray();
  }

  @Override
  Extension<V> write(StoredTries<V> tries, NodeRecordWriter record) {
    byte[] needed = Arrays.copyOf(prefix, bytesOf(end));
    record.number(StoredTries.EXTENSION).number(depth).number(end).bytes(needed);
    return new Extension<>(needed, depth, end, tries.writeChild(child, record));
  }

  static <V> Extension<V> read(int depth, StoredTries<V> tries, NodeRecordReader record) {
    int end = record.number(Integer.MAX_VALUE - 1);
    byte[] prefix = record.bytes();
    int form = record.number(StoredTries.EMBEDDED);
    if (end <= depth || prefix.length != bytesOf(end) || form == StoredTries.ABSENT) {
      throw new DecodingException("no extension from " + depth + " to " + end);
    }
    return new Extension<>(prefix, depth, end, tries.readChild(form, record));
  }

  private static int bytesOf(int nibbles) {
    return (nibbles + 1) / 2;
  }

  @Override
  @Nullable Node<V> next(byte[] key) {
    boolean passes = Nibbles.count(key) >= end && Nibbles.mismatch(prefix, key, depth, end) == end;
    return passes ? child : null;
  }
}
