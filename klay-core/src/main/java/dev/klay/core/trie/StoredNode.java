package dev.klay.core.trie;

import dev.klay.crypto.primitive.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A node that a store keeps: its hash and place are here, the rest is loaded when it is needed and
 * let go when the cache needs the room. To all others it is the node itself.
 */
final class StoredNode<V> extends Node<V> {
  private final StoredTries<V> tries;
  private final long id;
  private final long oldest;

  /** Set and cleared by the cache, under its lock. */
  private volatile @Nullable Node<V> loaded;

  private int weight;

  /** Whether anybody came here since the cache last looked; a lost update costs a load. */
  private boolean used;

  StoredNode(StoredTries<V> tries, NodeRef ref) {
    super(ref.hash().unsafeArray());
    this.tries = tries;
    this.id = ref.id();
    this.oldest = ref.oldest();
  }

  boolean isOf(StoredTries<V> store) {
    return tries == store;
  }

  long id() {
    return id;
  }

  long oldest() {
    return oldest;
  }

  NodeRef ref() {
    return new NodeRef(id, oldest, hash(tries.codec()));
  }

  Node<V> load() {
    Node<V> node = loaded;
    if (node == null) {
      return tries.load(this);
    }
    if (!used) {
      used = true;
    }
    return node;
  }

  @Nullable Node<V> loadedNow() {
    return loaded;
  }

  void keep(Node<V> node, int newWeight) {
    loaded = node;
    weight = newWeight;
    used = true;
  }

  /** Forgets the node; returns the room that this makes. */
  int release() {
    loaded = null;
    return weight;
  }

  /** Whether the node was used since the last call. */
  boolean testUse() {
    boolean was = used;
    used = false;
    return was;
  }

  @Override
  @Nullable V get(byte[] key) {
    return load().get(key);
  }

  @Override
  Node<V> put(byte[] key, V value) {
    return load().put(key, value);
  }

  @Override
  @Nullable Node<V> remove(byte[] key) {
    Node<V> node = load();
    Node<V> left = node.remove(key);
    return left == node ? this : left;
  }

  @Override
  Node<V> raised(byte[] prefix, int depth) {
    Node<V> node = load();
    Node<V> raised = node.raised(prefix, depth);
    return raised == node ? this : raised;
  }

  @Override
  boolean visit(byte @Nullable [] from, EntryVisitor<V> visitor) {
    return load().visit(from, visitor);
  }

  @Override
  byte[] encode(ValueCodec<V> codec) {
    return load().encode(codec);
  }

  @Override
  @Nullable Node<V> next(byte[] key) {
    return load().next(key);
  }

  @Override
  Node<V> write(StoredTries<V> into, NodeRecordWriter record) {
    return load().write(into, record);
  }

  @Override
  public String toString() {
    return "node " + id + " " + Hash.wrap(reference(tries.codec()));
  }
}
