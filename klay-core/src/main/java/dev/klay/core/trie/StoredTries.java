package dev.klay.core.trie;

import dev.klay.crypto.DecodingException;

/**
 * The tries of one kind of value in one store. A saved trie is the same value as before: hash,
 * entries and snapshots as ever, but its nodes are read when they are needed.
 *
 * <p>A record is: the kind (1 leaf, 2 extension, 3 branch), the depth, then of a leaf key and
 * value; of an extension its end, the prefix up to there and the child; of a branch for each of 16
 * children and for the entry that ends here 0 if there is none, 1 and its {@link NodeRef}, or 2 and
 * the record of a node too short for a hash.
 */
public final class StoredTries<V> {
  static final int LEAF = 1;
  static final int EXTENSION = 2;
  static final int BRANCH = 3;
  static final int ABSENT = 0;
  static final int STORED = 1;
  static final int EMBEDDED = 2;

  /** Longest key whose node a record may hold, in nibbles. */
  private static final int DEPTH_MAX = 1 << 16;

  // Objects take about three times the bytes of their record; what is above that errs on our side.
  private static final int WEIGHT_BASE = 256;
  private static final int WEIGHT_PER_BYTE = 4;

  private final ValueCodec<V> codec;
  private final ValueRecords<V> records;
  private final NodeReader reader;
  private final NodeCache cache;

  public StoredTries(
      ValueCodec<V> codec, ValueRecords<V> records, NodeReader reader, NodeCache cache) {
    this.codec = codec;
    this.records = records;
    this.reader = reader;
    this.cache = cache;
  }

  ValueCodec<V> codec() {
    return codec;
  }

  ValueRecords<V> records() {
    return records;
  }

  public Trie<V> empty() {
    return Trie.empty(codec);
  }

  /** The trie whose root was saved at this place. */
  public Trie<V> open(NodeRef root) {
    return new Trie<>(codec, new StoredNode<>(this, root));
  }

  /**
   * Writes what is not in the store yet, children before parents, and of the rest what {@link
   * NodeWriting#moves}; returns the same trie as loaded from there.
   */
  public Trie<V> save(Trie<V> trie, NodeWriting writing) {
    Node<V> root = trie.root();
    return root == null ? trie : new Trie<>(codec, save(root, writing));
  }

  /**
   * Where the root of a saved trie is.
   *
   * @throws IllegalArgumentException if this trie was not returned by {@link #save} or {@link
   *     #open} here, or is empty
   */
  public NodeRef refOf(Trie<V> saved) {
    if (saved.root() instanceof StoredNode<V> root && root.isOf(this)) {
      return root.ref();
    }
    throw new IllegalArgumentException("the trie is empty or not saved here");
  }

  private StoredNode<V> save(Node<V> node, NodeWriting writing) {
    Node<V> content = node;
    if (node instanceof StoredNode<V> stored) {
      if (stored.isOf(this) && !writing.moves(stored.oldest())) {
        return stored;
      }
      content = stored.load();
    }
    NodeRecordWriter record = new NodeRecordWriter(writing);
    Node<V> slim = content.write(this, record);
    long id = record.finish();
    NodeRef ref = new NodeRef(id, record.oldest(), node.hash(codec));
    StoredNode<V> saved = new StoredNode<>(this, ref);
    cache.admit(saved, slim, weight(record.size(), record.extraBytes()));
    return saved;
  }

  /** Writes a child into its parent's record; returns what the parent then holds. */
  Node<V> writeChild(Node<V> child, NodeRecordWriter record) {
    if (child.reference(codec).length < Node.HASHED_SIZE_MIN) {
      record.number(EMBEDDED);
      return child.write(this, record);
    }
    StoredNode<V> saved = save(child, record.writing());
    record.number(STORED).reference(saved.ref());
    return saved;
  }

  Node<V> load(StoredNode<V> place) {
    byte[] bytes = reader.read(place.id());
    NodeRecordReader record = new NodeRecordReader(bytes);
    Node<V> node = read(record);
    record.expectEnd();
    return cache.admit(place, node, weight(bytes.length, record.extraBytes()));
  }

  private Node<V> read(NodeRecordReader record) {
    int kind = record.number(BRANCH);
    int depth = record.number(DEPTH_MAX);
    return switch (kind) {
      case LEAF -> Leaf.read(depth, this, record);
      case EXTENSION -> Extension.read(depth, this, record);
      case BRANCH -> Branch.read(depth, this, record);
      default -> throw new DecodingException("no kind of node: " + kind);
    };
  }

  /** Reads the child that {@link #writeChild} wrote behind a number that is not 0. */
  Node<V> readChild(int form, NodeRecordReader record) {
    return form == STORED ? new StoredNode<>(this, record.reference()) : read(record);
  }

  private static int weight(int recordBytes, long extraBytes) {
    long weight = WEIGHT_BASE + (long) WEIGHT_PER_BYTE * recordBytes + extraBytes;
    return (int) Math.min(weight, Integer.MAX_VALUE);
  }
}
