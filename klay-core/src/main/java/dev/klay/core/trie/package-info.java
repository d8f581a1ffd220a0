/**
 * The Merkle Patricia trie (Yellow Paper, appendix D) as an immutable value, and proofs over it.
 *
 * <p>A {@link dev.klay.core.trie.Trie} is a reference to a root node. Writing copies the nodes on
 * one path and shares all others with the old version, which stays valid; a snapshot of a state of
 * any size is therefore a reference. Hashes are computed when asked for, once per node.
 */
@NullMarked
package dev.klay.core.trie;

import org.jspecify.annotations.NullMarked;
