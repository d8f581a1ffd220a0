package dev.klay.core.trie;

import java.util.Arrays;

/**
 * Builds the record of one node. Numbers are unsigned, seven bits a byte, low ones first, the high
 * bit set on all but the last. Also keeps the lowest id the record names.
 */
public final class NodeRecordWriter {
  private final NodeWriting writing;
  private byte[] bytes = new byte[640];
  private int size;
  private long oldest = Long.MAX_VALUE;
  private long extraBytes;

  NodeRecordWriter(NodeWriting writing) {
    this.writing = writing;
  }

  NodeWriting writing() {
    return writing;
  }

  public NodeRecordWriter number(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Bytes of a length that the reader knows. */
  public NodeRecordWriter raw(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  public NodeRecordWriter bytes(byte[] value) {
    return number(value.length).raw(value);
  }

  /** Saves a trie and writes where it is; returns the trie as it is loaded from there. */
  public <W> Trie<W> trie(StoredTries<W> tries, Trie<W> trie) {
    Trie<W> saved = tries.save(trie, writing);
    number(saved.isEmpty() ? 0 : 1);
    if (!saved.isEmpty()) {
      reference(tries.refOf(saved));
    }
    return saved;
  }

  void reference(NodeRef ref) {
    number(ref.id()).number(ref.id() - ref.oldest()).raw(ref.hash().unsafeArray());
    oldest = Math.min(oldest, ref.oldest());
  }

  /** Hands the record over; returns its id. */
  long finish() {
    long id = writing.write(Arrays.copyOf(bytes, size));
    oldest = Math.min(oldest, id);
    return id;
  }

  void addExtraBytes(long more) {
    extraBytes += more;
  }

  long extraBytes() {
    return extraBytes;
  }

  long oldest() {
    return oldest;
  }

  int size() {
    return size;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
