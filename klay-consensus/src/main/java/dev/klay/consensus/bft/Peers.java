package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which validators are there, so that nobody waits long for a leader that is not. */
final class Peers {
  private final TreeSet<Address> connected = new TreeSet<>();
  private final TreeMap<Address, Long> lastSeenHeight = new TreeMap<>();

  void up(Address validator) {
    connected.add(validator);
  }

  void down(Address validator) {
    connected.remove(validator);
  }

  void seen(Address validator, long height) {
    lastSeenHeight.merge(validator, height, Math::max);
  }

  /** Whether the validator has no connection and was not heard of for so many heights. */
  boolean isAbsent(Address validator, long height, int heights) {
    return !connected.contains(validator)
        && lastSeenHeight.getOrDefault(validator, 0L) < height - heights;
  }
}
