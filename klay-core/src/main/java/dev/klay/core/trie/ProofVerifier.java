package dev.klay.core.trie;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpException;
import dev.klay.crypto.rlp.RlpReader;
import java.util.Optional;

/** Walks down one proof. Trusts nothing but the root hash: every listed node is hashed first. */
final class ProofVerifier {
  private static final int BRANCH_ITEMS = 17;

  private final Proof proof;
  private final byte[] key;
  private int used;
  private int depth;

  ProofVerifier(Proof proof, Bytes key) {
    this.proof = proof;
    this.key = key.unsafeArray();
  }

  Optional<Bytes> verify(Hash root) {
    Optional<Bytes> value;
    try {
      value = root.equals(Trie.EMPTY_ROOT) ? Optional.empty() : descend(listed(root));
    } catch (RlpException e) {
      throw new InvalidProofException("node " + used + " is no trie node: " + e.getMessage(), e);
    }
    if (used != proof.nodes().size()) {
      throw new InvalidProofException(
          "only " + used + " of " + proof.nodes().size() + " nodes lie on the way to the key");
    }
    return value;
  }

  private Optional<Bytes> descend(Bytes node) {
    int items = 0;
    for (RlpReader counter = RlpReader.ofSingleList(node); counter.hasNext(); counter.skip()) {
      items++;
    }
    RlpReader fields = RlpReader.ofSingleList(node);
    if (items == BRANCH_ITEMS) {
      return throughBranch(fields);
    }
    if (items == 2) {
      return throughPath(fields);
    }
    throw new InvalidProofException("a node has 2 or 17 items, not " + items);
  }

  private Optional<Bytes> throughBranch(RlpReader children) {
    boolean endsHere = depth == Nibbles.count(key);
    int skipped = endsHere ? BRANCH_ITEMS - 1 : Nibbles.at(key, depth);
    for (int i = 0; i < skipped; i++) {
      children.skip();
    }
    if (endsHere) {
      Bytes value = children.readBytes();
      return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
    depth++;
    return children.nextIsEmptyString() ? Optional.empty() : descend(child(children));
  }

  private Optional<Bytes> throughPath(RlpReader fields) {
    byte[] path = fields.readBytes().unsafeArray();
    if (!Nibbles.isPacked(path)) {
      throw new InvalidProofException("not a hex-prefix path: " + Bytes.of(path));
    }
    if (Nibbles.packedCount(path) == 0 && !Nibbles.isPackedLeaf(path)) {
      // Each step must bring us closer to the end of the key, or a made-up trie has no bottom.
      throw new InvalidProofException("an extension without a path");
    }
    if (!Nibbles.packedMatches(path, key, depth)) {
      return Optional.empty();
    }
    depth += Nibbles.packedCount(path);
    if (!Nibbles.isPackedLeaf(path)) {
      return descend(child(fields));
    }
    return depth == Nibbles.count(key) ? Optional.of(fields.readBytes()) : Optional.empty();
  }

  /** The node the next item stands for: itself if it is short, else the next listed one. */
  private Bytes child(RlpReader parent) {
    return parent.nextIsList() ? parent.readRaw() : listed(parent.readHash());
  }

  private Bytes listed(Hash expected) {
    if (used == proof.nodes().size()) {
      throw new InvalidProofException("the node with hash " + expected + " is missing");
    }
    Bytes node = proof.nodes().get(used++);
    if (!Keccak256.hash(node).equals(expected)) {
      throw new InvalidProofException("node " + (used - 1) + " has not the hash " + expected);
    }
    return node;
  }
}
