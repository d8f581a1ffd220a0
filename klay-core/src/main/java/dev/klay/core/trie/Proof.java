package dev.klay.core.trie;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;

/**
 * Shows what a trie holds under one key to someone who knows only its root, absence included
 * (EIP-1186).
 *
 * @param nodes RLP of the nodes from the root towards the key; nodes under 32 bytes stand inside
 *     their parents and are not listed. Empty for the empty trie
 */
public record Proof(List<Bytes> nodes) {
  public Proof {
    nodes = List.copyOf(nodes);
  }

  /**
   * The encoded value of the key in the trie with this root, empty if the trie has no such key.
   *
   * @throws InvalidProofException if the nodes do not prove either, or if some are not needed
   */
  public Optional<Bytes> verify(Hash root, Bytes key) {
    return new ProofVerifier(this, key).verify(root);
  }

  /** Like {@link #verify(Hash, Bytes)} for a key that is a hash. */
  public Optional<Bytes> verify(Hash root, Hash key) {
    return verify(root, key.toBytes());
  }
}
