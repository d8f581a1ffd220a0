package dev.klay.core.trie;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node at a fixed depth, counted in nibbles from the root. Keys are always passed whole, with the
 * depth at which this node starts. Never changes, but for the cache of its reference.
 */
abstract sealed class Node<V> permits Leaf, Extension, Branch, StoredNode {
  /** Nodes with shorter encodings stand in their parent themselves instead of their hash. */
  static final int HASHED_SIZE_MIN = 32;

  private static final VarHandle REFERENCE;

  static {
    try {
      REFERENCE = MethodHandles.lookup().findVarHandle(Node.class, "reference", byte[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * What the parent holds: 32 bytes are the hash of this node, fewer are the node itself. Computed
   * once; two threads that race compute the same bytes. Read with acquire and written with release,
   * because a plain array is not safe to hand over.
   */
  @SuppressWarnings("unused") // through REFERENCE
  private byte @Nullable [] reference;

  Node() {}

  /** A node whose reference is known. */
  Node(byte[] reference) {
    REFERENCE.setRelease(this, reference);
  }

  abstract @Nullable V get(byte[] key);

  /** This node with the value under the key. */
  abstract Node<V> put(byte[] key, V value);

  /** This node without the key, itself if the key is absent, null if nothing is left. */
  abstract @Nullable Node<V> remove(byte[] key);

  /**
   * This node reachable from a higher place: it becomes or gets an extension if it has no path of
   * its own. Nibbles before this node are those of the prefix.
   */
  abstract Node<V> raised(byte[] prefix, int depth);

  /**
   * Visits entries in the order of their keys.
   *
   * @param from the first key to visit, or null if all keys here are behind it
   * @return false once the visitor has asked to stop
   */
  abstract boolean visit(byte @Nullable [] from, EntryVisitor<V> visitor);

  /** RLP of this node. */
  abstract byte[] encode(ValueCodec<V> codec);

  /**
   * Writes the record of this node, after saving what is below.
   *
   * @return this node with children that are loaded from there
   */
  abstract Node<V> write(StoredTries<V> tries, NodeRecordWriter record);

  /** Goes down towards the key and adds the encodings that a verifier cannot derive. */
  final void prove(byte[] key, ValueCodec<V> codec, List<Bytes> proof) {
    if (proof.isEmpty() || reference(codec).length == HASHED_SIZE_MIN) {
      proof.add(Bytes.wrap(encode(codec)));
    }
    Node<V> next = next(key);
    if (next != null) {
      next.prove(key, codec, proof);
    }
  }

  /** The child towards the key, null if the way ends here. */
  abstract @Nullable Node<V> next(byte[] key);

  /** Keccak-256 of this node even if it is short, as a root is hashed. */
  final Hash hash(ValueCodec<V> codec) {
    byte[] known = reference(codec);
    return known.length == HASHED_SIZE_MIN ? Hash.wrap(known) : Keccak256.hash(known);
  }

  final byte[] reference(ValueCodec<V> codec) {
    byte[] known = (byte[]) REFERENCE.getAcquire(this);
    if (known == null) {
      byte[] encoded = encode(codec);
      known = encoded.length < HASHED_SIZE_MIN ? encoded : Keccak256.hash(encoded).unsafeArray();
      REFERENCE.setRelease(this, known);
    }
    return known;
  }
}
