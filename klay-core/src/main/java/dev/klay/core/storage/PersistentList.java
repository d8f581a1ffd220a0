package dev.klay.core.storage;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list that never changes: what is derived from it shares all but one path of nodes with 32
 * places each. Keeping an old version costs what differs from the new one.
 */
final class PersistentList<T> {
  private static final int BITS = 5;
  private static final int WIDTH = 1 << BITS;
  private static final int MASK = WIDTH - 1;

  private final int size;

  /** Bits of an index that are decided below the root. */
  private final int shift;

  private final @Nullable Object[] root;

  private PersistentList(int size, int shift, @Nullable Object[] root) {
    this.size = size;
    this.shift = shift;
    this.root = root;
  }

  static <T> PersistentList<T> empty() {
    return new PersistentList<>(0, 0, new Object[WIDTH]);
  }

  int size() {
    return size;
  }

  /** What was put there; null where {@link #without} took it away. */
  @SuppressWarnings("unchecked") // nothing but a T is put into a leaf
  @Nullable T get(int index) {
    Objects.checkIndex(index, size);
    @Nullable Object[] node = root;
    for (int level = shift; level > 0; level -= BITS) {
      node = child(node, index >>> level & MASK);
    }
    return (T) node[index & MASK];
  }

  PersistentList<T> append(T value) {
    if (size == WIDTH << shift) {
      @Nullable Object[] higher = new Object[WIDTH];
      higher[0] = root;
      return new PersistentList<>(size + 1, shift + BITS, put(higher, shift + BITS, size, value));
    }
    return new PersistentList<>(size + 1, shift, put(root, shift, size, value));
  }

  PersistentList<T> with(int index, T value) {
    Objects.checkIndex(index, size);
    return new PersistentList<>(size, shift, put(root, shift, index, value));
  }

  /** The same list, where the place holds nothing any more. */
  PersistentList<T> without(int index) {
    Objects.checkIndex(index, size);
    return new PersistentList<>(size, shift, put(root, shift, index, null));
  }

  private static @Nullable Object[] put(
      @Nullable Object[] node, int level, int index, @Nullable Object value) {
    @Nullable Object[] copy = Arrays.copyOf(node, WIDTH);
    int place = index >>> level & MASK;
    if (level == 0) {
      copy[place] = value;
    } else {
      @Nullable Object[] below = node[place] == null ? new Object[WIDTH] : child(node, place);
      copy[place] = put(below, level - BITS, index, value);
    }
    return copy;
  }

  private static @Nullable Object[] child(@Nullable Object[] node, int place) {
    return (Object[]) Objects.requireNonNull(node[place], "a path ends before its leaf");
  }
}
