package dev.klay.core.trie;

import dev.klay.crypto.DecodingException;
import org.jspecify.annotations.Nullable;

/** The place where keys part: up to 16 children, and the entry whose key ends here. */
final class Branch<V> extends Node<V> {
  private static final int WIDTH = 16;

  private final int depth;
  private final @Nullable Node<V>[] children;
  private final @Nullable Leaf<V> ending;

  private Branch(int depth, @Nullable Node<V>[] children, @Nullable Leaf<V> ending) {
    this.depth = depth;
    this.children = children;
    this.ending = ending;
  }

  /** A start for building a branch; no trie holds one with fewer than two entries. */
  @SuppressWarnings("unchecked") // arrays have no type arguments
  static <V> Branch<V> empty(int depth) {
    return new Branch<>(depth, (@Nullable Node<V>[]) new Node<?>[WIDTH], null);
  }

  /** With this entry, in the place of the one that may end here or of no child. */
  Branch<V> with(byte[] key, V value) {
    if (endsHere(key)) {
      return new Branch<>(depth, children, new Leaf<>(key, depth, value));
    }
    return with(Nibbles.at(key, depth), new Leaf<>(key, depth + 1, value));
  }

  Branch<V> with(int nibble, @Nullable Node<V> child) {
    @Nullable Node<V>[] copy = children.clone();
    copy[nibble] = child;
    return new Branch<>(depth, copy, ending);
  }

  @Override
  @Nullable V get(byte[] key) {
    if (endsHere(key)) {
      return ending == null ? null : ending.value();
    }
    Node<V> next = next(key);
    return next == null ? null : next.get(key);
  }

  @Override
  Node<V> put(byte[] key, V value) {
    Node<V> next = next(key);
    if (next == null) {
      return with(key, value);
    }
    return with(Nibbles.at(key, depth), next.put(key, value));
  }

  @Override
  @Nullable Node<V> remove(byte[] key) {
    if (endsHere(key)) {
      return ending == null ? this : new Branch<>(depth, children, null).collapsed(key);
    }
    Node<V> next = next(key);
    if (next == null) {
      return this;
    }
    Node<V> left = next.remove(key);
    if (left == next) {
      return this;
    }
    Branch<V> remaining = with(Nibbles.at(key, depth), left);
    return left == null ? remaining.collapsed(key) : remaining;
  }

  /** This branch, or what replaces it if only one entry is left; the key passes through here. */
  private Node<V> collapsed(byte[] key) {
    int only = -1;
    int count = 0;
    for (int i = 0; i < WIDTH; i++) {
      if (children[i] != null) {
        only = i;
        count++;
      }
    }
    if (ending != null) {
      return count == 0 ? ending.raised(key, depth) : this;
    }
    if (count > 1) {
      return this;
    }
    Node<V> child = only < 0 ? null : children[only];
    if (child == null) {
      throw new AssertionError("a branch held fewer than two entries");
    }
    return child.raised(Nibbles.prefixWith(key, depth, only), depth);
  }

  @Override
  Node<V> raised(byte[] prefix, int newDepth) {
    return newDepth == depth ? this : new Extension<>(prefix, newDepth, depth, this);
  }

  @Override
  boolean visit(byte @Nullable [] from, EntryVisitor<V> visitor) {
    boolean bounded = from != null && Nibbles.count(from) > depth;
    if (!bounded && ending != null && !ending.visit(null, visitor)) {
      return false;
    }
    int first = from != null && bounded ? Nibbles.at(from, depth) : 0;
    for (int i = first; i < WIDTH; i++) {
      Node<V> child = children[i];
      byte[] childFrom = bounded && i == first ? from : null;
      if (child != null && !child.visit(childFrom, visitor)) {
        return false;
      }
    }
    return true;
  }

  @Override
  byte[] encode(ValueCodec<V> codec) {
    byte[] value = ending == null ? null : codec.encode(ending.value()).unsafeArray();
    int size = value == null ? 1 : NodeWriter.stringSize(value);
    for (Node<V> child : children) {
      size += child == null ? 1 : NodeWriter.referenceSize(child.reference(codec));
    }
    NodeWriter writer = new NodeWriter(size);
    for (Node<V> child : children) {
      if (child == null) {
        writer.nothing();
      } else {
        writer.reference(child.reference(codec));
      }
    }
    return (value == null ? writer.nothing() : writer.string(value)).toArray();
  }

  @Override
  Branch<V> write(StoredTries<V> tries, NodeRecordWriter record) {
    record.number(StoredTries.BRANCH).number(depth);
    @Nullable Node<V>[] saved = children.clone();
    for (int i = 0; i < WIDTH; i++) {
      Node<V> child = saved[i];
      if (child == null) {
        record.number(StoredTries.ABSENT);
      } else {
        saved[i] = tries.writeChild(child, record);
      }
    }
    record.number(ending == null ? StoredTries.ABSENT : StoredTries.EMBEDDED);
    return new Branch<>(depth, saved, ending == null ? null : ending.write(tries, record));
  }

  @SuppressWarnings("unchecked") // arrays have no type arguments
  static <V> Branch<V> read(int depth, StoredTries<V> tries, NodeRecordReader record) {
    @Nullable Node<V>[] children = (@Nullable Node<V>[]) new Node<?>[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      int form = record.number(StoredTries.EMBEDDED);
      if (form != StoredTries.ABSENT) {
        children[i] = tries.readChild(form, record);
      }
    }
    int form = record.number(StoredTries.EMBEDDED);
    if (form == StoredTries.ABSENT) {
      return new Branch<>(depth, children, null);
    }
    if (tries.readChild(form, record) instanceof Leaf<V> ending) {
      return new Branch<>(depth, children, ending);
    }
    throw new DecodingException("only an entry can end at a branch");
  }

  @Override
  @Nullable Node<V> next(byte[] key) {
    return endsHere(key) ? null : children[Nibbles.at(key, depth)];
  }

  private boolean endsHere(byte[] key) {
    return Nibbles.count(key) == depth;
  }
}
