package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Hash;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The blocks of the open height that this node has seen, and what their execution gave. Only a
 * round's leader can add one for its round, so few are needed; beyond the limit the oldest goes.
 */
final class KnownBlocks {
  static final int MAX = 16;

  private enum Verdict {
    UNKNOWN,
    VALID,
    INVALID
  }

  private record Entry(ProposedBlock block, Verdict verdict) {}

  private final Map<Hash, Entry> blocks = new LinkedHashMap<>();

  void add(ProposedBlock block) {
    if (!blocks.containsKey(block.hash())) {
      put(block, Verdict.UNKNOWN);
    }
  }

  void addValid(ProposedBlock block) {
    put(block, Verdict.VALID);
  }

  private void put(ProposedBlock block, Verdict verdict) {
    if (blocks.size() >= MAX && !blocks.containsKey(block.hash())) {
      Iterator<Hash> oldest = blocks.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    blocks.put(block.hash(), new Entry(block, verdict));
  }

  void judged(Hash hash, boolean valid) {
    Entry entry = blocks.get(hash);
    if (entry != null) {
      put(entry.block(), valid ? Verdict.VALID : Verdict.INVALID);
    }
  }

  Optional<ProposedBlock> find(Hash hash) {
    return Optional.ofNullable(blocks.get(hash)).map(Entry::block);
  }

  boolean isValid(Hash hash) {
    Entry entry = blocks.get(hash);
    return entry != null && entry.verdict() == Verdict.VALID;
  }

  boolean isInvalid(Hash hash) {
    Entry entry = blocks.get(hash);
    return entry != null && entry.verdict() == Verdict.INVALID;
  }

  int size() {
    return blocks.size();
  }
}
