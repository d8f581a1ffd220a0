package dev.klay.core.trie;

import java.util.Arrays;

/**
 * Keys read as half bytes, high half first. A path is a range of nibbles of some whole key, so that
 * nodes share the arrays of their keys and no path is ever copied.
 */
final class Nibbles {
  private static final int ODD_FLAG = 0x10;
  private static final int LEAF_FLAG = 0x20;

  private Nibbles() {}

  static int count(byte[] key) {
    return 2 * key.length;
  }

  static int at(byte[] key, int index) {
    int both = key[index >> 1];
    return ((index & 1) == 0 ? both >> 4 : both) & 0xf;
  }

  /**
   * The first index from {@code from} on where two keys differ, at most {@code to}; both keys have
   * at least {@code to} nibbles.
   */
  static int mismatch(byte[] a, byte[] b, int from, int to) {
    int start = from;
    if ((start & 1) == 1 && start < to) {
      if (at(a, start) != at(b, start)) {
        return start;
      }
      start++;
    }
    if (start >= to) {
      return to;
    }
    int firstByte = start >> 1;
    int endByte = (to + 1) >> 1;
    int differing = Arrays.mismatch(a, firstByte, endByte, b, firstByte, endByte);
    if (differing < 0) {
      return to;
    }
    int index = 2 * (firstByte + differing);
    return Math.min(to, at(a, index) == at(b, index) ? index + 1 : index);
  }

  /** The first nibbles of a key followed by one more; a possible odd half at the end is zero. */
  static byte[] prefixWith(byte[] key, int length, int nibble) {
    byte[] prefix = Arrays.copyOf(key, (length >> 1) + 1);
    int last = length >> 1;
    prefix[last] = (byte) ((length & 1) == 0 ? nibble << 4 : prefix[last] & 0xf0 | nibble);
    return prefix;
  }

  /** Bytes of the hex-prefix form (Yellow Paper, appendix C) of so many nibbles. */
  static int packedSize(int nibbles) {
    return nibbles / 2 + 1;
  }

  /** Writes the hex-prefix form of a range; returns the position behind it. */
  static int pack(byte[] key, int from, int to, boolean leaf, byte[] target, int position) {
    int at = position;
    int next = from;
    int flags = leaf ? LEAF_FLAG : 0;
    if (((to - from) & 1) == 1) {
      flags |= ODD_FLAG | at(key, next++);
    }
    target[at++] = (byte) flags;
    if ((next & 1) == 0) {
      int length = (to - next) >> 1;
      System.arraycopy(key, next >> 1, target, at, length);
      return at + length;
    }
    for (; next < to; next += 2) {
      target[at++] = (byte) (at(key, next) << 4 | at(key, next + 1));
    }
    return at;
  }

  /** Whether a hex-prefix form is that of a leaf; false if it is that of an extension. */
  static boolean isPackedLeaf(byte[] packed) {
    return (packed[0] & LEAF_FLAG) != 0;
  }

  /** Whether these bytes are a hex-prefix form at all. */
  static boolean isPacked(byte[] packed) {
    if (packed.length == 0 || (packed[0] & 0xc0) != 0) {
      return false;
    }
    return (packed[0] & ODD_FLAG) != 0 || (packed[0] & 0x0f) == 0;
  }

  static int packedCount(byte[] packed) {
    return 2 * packed.length - ((packed[0] & ODD_FLAG) != 0 ? 1 : 2);
  }

  /** Whether the path of a hex-prefix form stands at this index of a key. */
  static boolean packedMatches(byte[] packed, byte[] key, int index) {
    int count = packedCount(packed);
    if (count > count(key) - index) {
      return false;
    }
    int skipped = 2 * packed.length - count;
    for (int i = 0; i < count; i++) {
      if (at(packed, skipped + i) != at(key, index + i)) {
        return false;
      }
    }
    return true;
  }
}
