package dev.klay.core.trie;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.Arrays;

/** Reads what a {@link NodeRecordWriter} wrote; anything else is a {@link DecodingException}. */
public final class NodeRecordReader {
  private final byte[] bytes;
  private int position;
  private long extraBytes;

  NodeRecordReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long next = raw(1)[0];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new DecodingException("a number without an end");
  }

  public int number(int max) {
    long value = number();
    if (value < 0 || value > max) {
      throw new DecodingException("at most " + max + " can stand here, not " + value);
    }
    return (int) value;
  }

  public byte[] raw(int length) {
    if (length > bytes.length - position) {
      throw new DecodingException("the record ends early");
    }
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  public byte[] bytes() {
    return raw(number(bytes.length));
  }

  /** The trie that {@link NodeRecordWriter#trie} saved; its nodes are loaded when needed. */
  public <W> Trie<W> trie(StoredTries<W> tries) {
    return number(1) == 0 ? tries.empty() : tries.open(reference());
  }

  NodeRef reference() {
    long id = number();
    long age = number();
    if (id < 0 || age < 0 || age > id) {
      throw new DecodingException("no node has the id " + id + " and age " + age);
    }
    return new NodeRef(id, id - age, Hash.wrap(raw(Hash.SIZE)));
  }

  void addExtraBytes(long more) {
    extraBytes += more;
  }

  long extraBytes() {
    return extraBytes;
  }

  void expectEnd() {
    if (position != bytes.length) {
      throw new DecodingException("bytes behind the node: " + Bytes.of(bytes));
    }
  }
}
