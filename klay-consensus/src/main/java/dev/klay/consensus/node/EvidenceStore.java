package dev.klay.consensus.node;

import dev.klay.consensus.bft.Evidence;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Who was caught, the first ones: many records of one validator prove no more than a few. */
final class EvidenceStore {
  static final int MAX = 1024;
  static final int PER_VALIDATOR_AND_HEIGHT = 4;

  /** Two proposals are proven by their blocks, which may be large; the first record always fits. */
  static final long BLOCK_BYTES_MAX = 16 << 20;

  private record Place(long height, Address culprit) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return height != other.height
          ? Long.compare(height, other.height)
          : culprit.compareTo(other.culprit);
    }
  }

  private final TreeMap<Place, List<Evidence>> byPlace = new TreeMap<>();
  private int size;
  private long blockBytes;

  /** Keeps a record; false if it is known, or there are enough. */
  boolean add(Evidence evidence) {
    Place place = new Place(evidence.first().height(), evidence.culprit());
    List<Evidence> same = byPlace.getOrDefault(place, List.of());
    boolean known =
        same.stream()
            .anyMatch(
                e ->
                    e.kind() == evidence.kind()
                        && e.first().round() == evidence.first().round()
                        && e.second().round() == evidence.second().round());
    if (size >= MAX || same.size() >= PER_VALIDATOR_AND_HEIGHT || known || !hasRoom(evidence)) {
      return false;
    }
    byPlace.computeIfAbsent(place, p -> new ArrayList<>()).add(evidence);
    size++;
    blockBytes += evidence.blockBytes();
    return true;
  }

  private boolean hasRoom(Evidence evidence) {
    long more = evidence.blockBytes();
    return more == 0 || blockBytes == 0 || blockBytes + more <= BLOCK_BYTES_MAX;
  }

  List<Evidence> all() {
    return byPlace.values().stream().flatMap(List::stream).toList();
  }

  int size() {
    return size;
  }
}
