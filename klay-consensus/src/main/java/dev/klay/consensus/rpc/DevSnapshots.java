package dev.klay.consensus.rpc;

import dev.klay.consensus.Cheats;
import dev.klay.consensus.Snapshot;
import java.util.Optional;
import java.util.TreeMap;

/** The snapshots that tools took of a development network, by number. Safe for any thread. */
public final class DevSnapshots {
  /** So many are kept; older ones are forgotten. */
  public static final int MAX = 10_000;

  private final Cheats cheats;
  private final TreeMap<Long, Snapshot> kept = new TreeMap<>();
  private long last;

  public DevSnapshots(Cheats cheats) {
    this.cheats = cheats;
  }

  /** Takes one; its number, from 1. */
  synchronized long take() {
    last++;
    kept.put(last, cheats.snapshot());
    if (kept.size() > MAX) {
      kept.pollFirstEntry();
    }
    return last;
  }

  /** Goes to one; whether it is known. It, and later ones, can be gone to again. */
  boolean restore(long number) {
    Optional<Snapshot> found;
    synchronized (this) {
      found = Optional.ofNullable(kept.get(number));
    }
    found.ifPresent(cheats::restore);
    return found.isPresent();
  }

  synchronized void clear() {
    kept.clear();
  }
}
