package dev.klay.core.trie;

import dev.klay.crypto.primitive.Bytes;

/** Is shown the entries of a trie in ascending order of their keys. */
@FunctionalInterface
public interface EntryVisitor<V> {
  /** Whether to go on with the next entry. */
  boolean visit(Bytes key, V value);
}
