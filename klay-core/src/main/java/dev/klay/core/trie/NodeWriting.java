package dev.klay.core.trie;

/** One saving of a trie: takes records, and decides which old ones are written anew. */
public interface NodeWriting {
  /** Keeps a record. Its id is higher than all before. */
  long write(byte[] record);

  /**
   * Whether a node that needs a record as old as this is to be written anew, with what is below it.
   * Says no as soon as this saving has moved as much as it may, which must be more nodes than stand
   * on one way to a value, or no saving would ever come to the end of one.
   */
  boolean moves(long oldest);
}
