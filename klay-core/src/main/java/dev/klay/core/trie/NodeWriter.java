package dev.klay.core.trie;

/**
 * Writes one node into an array of exactly its size. Nodes are hashed by the ten thousand at the
 * end of a block, so this knows only the few shapes they have and copies nothing twice.
 */
final class NodeWriter {
  private static final int HASH_SIZE = 32;
  private static final int EMPTY_STRING = 0x80;

  private final byte[] bytes;
  private int position;

  /** Starts a list whose items take so many bytes. */
  NodeWriter(int payloadSize) {
    bytes = new byte[headerSize(payloadSize) + payloadSize];
    header(0xc0, payloadSize);
  }

  private static int headerSize(int length) {
    return length < 56 ? 1 : 1 + (39 - Integer.numberOfLeadingZeros(length)) / 8;
  }

  static int stringSize(byte[] value) {
    return value.length == 1 && value[0] >= 0 ? 1 : headerSize(value.length) + value.length;
  }

  static int pathSize(int nibbles) {
    int packed = Nibbles.packedSize(nibbles);
    return packed == 1 ? 1 : headerSize(packed) + packed;
  }

  /** Size of a child in its parent: a hash as a string, or a short node as it is. */
  static int referenceSize(byte[] reference) {
    return reference.length == HASH_SIZE ? 1 + HASH_SIZE : reference.length;
  }

  NodeWriter string(byte[] value) {
    if (value.length == 1 && value[0] >= 0) {
      bytes[position++] = value[0];
      return this;
    }
    header(EMPTY_STRING, value.length);
    return raw(value);
  }

  NodeWriter path(byte[] key, int from, int to, boolean leaf) {
    int packed = Nibbles.packedSize(to - from);
    if (packed > 1) {
      header(EMPTY_STRING, packed);
    }
    position = Nibbles.pack(key, from, to, leaf, bytes, position);
    return this;
  }

  NodeWriter reference(byte[] reference) {
    if (reference.length == HASH_SIZE) {
      bytes[position++] = (byte) (EMPTY_STRING + HASH_SIZE);
    }
    return raw(reference);
  }

  NodeWriter nothing() {
    bytes[position++] = (byte) EMPTY_STRING;
    return this;
  }

  byte[] toArray() {
    if (position != bytes.length) {
      throw new AssertionError("node of " + bytes.length + " bytes ended at " + position);
    }
    return bytes;
  }

  private NodeWriter raw(byte[] value) {
    System.arraycopy(value, 0, bytes, position, value.length);
    position += value.length;
    return this;
  }

  private void header(int base, int length) {
    if (length < 56) {
      bytes[position++] = (byte) (base + length);
      return;
    }
    int lengthBytes = headerSize(length) - 1;
    bytes[position++] = (byte) (base + 55 + lengthBytes);
    for (int shift = 8 * (lengthBytes - 1); shift >= 0; shift -= 8) {
      bytes[position++] = (byte) (length >>> shift);
    }
  }
}
