package dev.klay.core.trie;

import dev.klay.crypto.primitive.Hash;

/**
 * Where a store keeps a node, and what the node must be.
 *
 * @param id of its record; ids ascend, and a node's is above those of all nodes below it
 * @param oldest the lowest id in the tree of this node, itself included: records below that are not
 *     needed for it
 * @param hash Keccak-256 of its RLP
 */
public record NodeRef(long id, long oldest, Hash hash) {
  public NodeRef {
    if (oldest < 0 || oldest > id) {
      throw new IllegalArgumentException("no node at " + id + " needs records from " + oldest);
    }
  }
}
