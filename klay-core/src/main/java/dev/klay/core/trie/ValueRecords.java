package dev.klay.core.trie;

/** How values stand in the records of nodes. Unlike the trie's encoding it can be read back. */
public interface ValueRecords<V> {
  /** Writes the value; tries inside it are saved before, see {@link NodeRecordWriter#trie}. */
  V write(V value, NodeRecordWriter record);

  /** Reads what {@link #write} wrote. */
  V read(NodeRecordReader record);

  /** Heap that the value takes apart from its record, in bytes. */
  default long extraBytes(V value) {
    return 0;
  }
}
