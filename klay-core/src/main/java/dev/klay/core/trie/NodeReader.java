package dev.klay.core.trie;

/** Where records of nodes are read. Any number of threads read at once. */
@FunctionalInterface
public interface NodeReader {
  /**
   * The record as it was written, checked against damage.
   *
   * @throws dev.klay.crypto.KlayException if it cannot be read, is damaged or no longer kept; never
   *     other bytes than those written
   */
  byte[] read(long id);
}
