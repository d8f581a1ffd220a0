package dev.klay.consensus.node;

import dev.klay.crypto.primitive.Hash;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers the last hashes that it was shown, each by its first eight bytes: at least half as many
 * as it may, never more. For one thread.
 */
final class RecentHashes {
  private final int generationMax;
  private Set<Long> young = new HashSet<>();
  private Set<Long> old = Set.of();

  RecentHashes(int max) {
    this.generationMax = max / 2;
  }

  void add(Hash hash) {
    if (contains(hash)) {
      return;
    }
    if (young.size() >= generationMax) {
      old = young;
      young = new HashSet<>();
    }
    young.add(key(hash));
  }

  boolean contains(Hash hash) {
    Long key = key(hash);
    return young.contains(key) || old.contains(key);
  }

  int size() {
    return young.size() + old.size();
  }

  private static Long key(Hash hash) {
    return ByteBuffer.wrap(hash.unsafeArray()).getLong();
  }
}
