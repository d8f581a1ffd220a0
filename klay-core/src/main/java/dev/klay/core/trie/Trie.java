package dev.klay.core.trie;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A Merkle Patricia trie that never changes: every write returns a new trie which shares all but
 * the nodes of one path with this one (Yellow Paper, appendix D). Tries of equal content have equal
 * roots, whatever order they were written in.
 *
 * <pre>{@code
 * Trie<Bytes> before = Trie.empty(value -> value);
 * Trie<Bytes> after = before.put(key, value);
 * after.rootHash();   // before is still empty
 * }</pre>
 *
 * <p>Keys are byte strings of any length. Keys and values are kept, not copied. Safe to read and to
 * derive from by any number of threads. Recursion is as deep as a key has nibbles.
 */
public final class Trie<V> {
  /** Root of every trie without entries: Keccak-256 of the RLP empty string. */
  public static final Hash EMPTY_ROOT =
      Hash.fromHex("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");

  private final ValueCodec<V> codec;
  private final @Nullable Node<V> root;

  Trie(ValueCodec<V> codec, @Nullable Node<V> root) {
    this.codec = codec;
    this.root = root;
  }

  public static <V> Trie<V> empty(ValueCodec<V> codec) {
    return new Trie<>(codec, null);
  }

  @Nullable Node<V> root() {
    return root;
  }

  public boolean isEmpty() {
    return root == null;
  }

  public Optional<V> get(Bytes key) {
    return get(key.unsafeArray());
  }

  public Optional<V> get(Hash key) {
    return get(key.unsafeArray());
  }

  private Optional<V> get(byte[] key) {
    return root == null ? Optional.empty() : Optional.ofNullable(root.get(key));
  }

  /** This trie with the value under the key, instead of the value there may be. */
  public Trie<V> put(Bytes key, V value) {
    return put(key.unsafeArray(), value);
  }

  /** This trie with the value under the key, instead of the value there may be. */
  public Trie<V> put(Hash key, V value) {
    return put(key.unsafeArray(), value);
  }

  private Trie<V> put(byte[] key, V value) {
    return new Trie<>(codec, root == null ? new Leaf<>(key, 0, value) : root.put(key, value));
  }

  /** This trie with all these entries. */
  public Trie<V> putAll(Map<Bytes, V> entries) {
    Trie<V> result = this;
    for (Map.Entry<Bytes, V> entry : entries.entrySet()) {
      result = result.put(entry.getKey(), entry.getValue());
    }
    return result;
  }

  /** This trie without the key; this trie itself if it has no such key. */
  public Trie<V> remove(Bytes key) {
    return remove(key.unsafeArray());
  }

  /** This trie without the key; this trie itself if it has no such key. */
  public Trie<V> remove(Hash key) {
    return remove(key.unsafeArray());
  }

  private Trie<V> remove(byte[] key) {
    Node<V> left = root == null ? null : root.remove(key);
    return left == root ? this : new Trie<>(codec, left);
  }

  /** The Merkle root, {@link #EMPTY_ROOT} without entries. Work is done only for new nodes. */
  public Hash rootHash() {
    return root == null ? EMPTY_ROOT : root.hash(codec);
  }

  /** All entries in ascending order of their keys. */
  public void forEach(BiConsumer<Bytes, V> action) {
    if (root != null) {
      root.visit(
          null,
          (key, value) -> {
            action.accept(key, value);
            return true;
          });
    }
  }

  /** The entries from this key on, inclusive, in ascending order, until the visitor stops. */
  public void visitFrom(Bytes first, EntryVisitor<V> visitor) {
    if (root != null) {
      root.visit(first.unsafeArray(), visitor);
    }
  }

  /** Proves to someone who knows the root which value the key has, or that it has none. */
  public Proof proof(Bytes key) {
    return proof(key.unsafeArray());
  }

  /** Proves to someone who knows the root which value the key has, or that it has none. */
  public Proof proof(Hash key) {
    return proof(key.unsafeArray());
  }

  private Proof proof(byte[] key) {
    List<Bytes> nodes = new ArrayList<>();
    if (root != null) {
      root.prove(key, codec, nodes);
    }
    return new Proof(nodes);
  }
}
