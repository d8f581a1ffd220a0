package dev.klay.core.trie;

import dev.klay.crypto.primitive.Bytes;

/**
 * The bytes under which a trie commits to a value. Equal values must have equal encodings, and no
 * encoding is empty: the format cannot tell an empty value from an absent one.
 */
@FunctionalInterface
public interface ValueCodec<V> {
  Bytes encode(V value);
}
