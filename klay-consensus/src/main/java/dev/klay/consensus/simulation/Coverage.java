package dev.klay.consensus.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** How often each of {@link Sometimes} happened. */
public final class Coverage {
  private final Map<Sometimes, Long> counts = new EnumMap<>(Sometimes.class);

  void hit(Sometimes what) {
    counts.merge(what, 1L, Long::sum);
  }

  /** Adds what another run saw. */
  public void add(Coverage other) {
    other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
  }

  public long count(Sometimes what) {
    return counts.getOrDefault(what, 0L);
  }

  public Set<Sometimes> missing() {
    EnumSet<Sometimes> missing = EnumSet.allOf(Sometimes.class);
    missing.removeAll(counts.keySet());
    return missing;
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
