package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.Message;
import dev.klay.consensus.transport.Frame;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which of several processes with one key somebody can reach, per round of a height: the adversary
 * splits the honest nodes among the twins (Bano et al., "Twins: BFT Systems Made Robust"). Twins do
 * not hear of each other, or they would stop.
 */
final class TwinRouting {
  /** Splits nodes by round: those in the set reach the first twin, all others the second. */
  interface Split {
    boolean reachesFirst(int node, long height, int round);
  }

  private final TreeMap<Integer, Integer> placeOf = new TreeMap<>();
  private final TreeSet<Integer> hearing = new TreeSet<>();
  private Split split = (node, height, round) -> node % 2 == 0;

  /** Two processes share a key. */
  void pair(SimulatedNode first, SimulatedNode second) {
    placeOf.put(first.index(), 0);
    placeOf.put(second.index(), 1);
  }

  void split(Split newSplit) {
    split = newSplit;
  }

  /** The twins hear of each other, as they would by accident. */
  void unfiltered(SimulatedNode twin) {
    hearing.add(twin.index());
  }

  boolean reaches(SimulatedNode from, SimulatedNode to, Frame frame) {
    Integer toTwin = placeOf.get(to.index());
    Integer fromTwin = placeOf.get(from.index());
    if (toTwin == null && fromTwin == null) {
      return true;
    }
    if (!(frame instanceof Frame.Vote vote)) {
      return true;
    }
    Message message = vote.message();
    boolean ofTwin = toTwin != null && message.author().equals(to.address());
    if (ofTwin) {
      return hearing.contains(to.index());
    }
    int other = toTwin == null ? to.index() : from.index();
    int twin =
        toTwin == null ? Objects.requireNonNull(fromTwin) : toTwin; // one of the two is a twin
    boolean first = split.reachesFirst(other, message.height(), message.round());
    return first == (twin == 0);
  }
}
