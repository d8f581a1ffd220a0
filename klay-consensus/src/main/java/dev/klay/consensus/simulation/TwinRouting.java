package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.Message;
import dev.klay.consensus.transport.Frame;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

  /** Which processes hear a message of each other. */
  interface Groups {
    boolean together(int from, int to, Message message);
  }

  private final TreeMap<Integer, Integer> placeOf = new TreeMap<>();
  private final TreeSet<Integer> hearing = new TreeSet<>();
  private Split split = (node, height, round) -> node % 2 == 0;
  private @Nullable Groups groups;

  /** Two processes share a key. */
  void pair(SimulatedNode first, SimulatedNode second) {
    placeOf.put(first.index(), 0);
    placeOf.put(second.index(), 1);
  }

  void split(Split newSplit) {
    split = newSplit;
  }

  /** Splits all processes, not just the twins from the others. */
  void group(Groups newGroups) {
    groups = newGroups;
  }

  /** There are no groups any more. */
  void ungroup() {
    groups = null;
  }

  /** The twins hear of each other, as they would by accident. */
  void unfiltered(SimulatedNode twin) {
    hearing.add(twin.index());
  }

  boolean reaches(SimulatedNode from, SimulatedNode to, Frame frame) {
    if (!(frame instanceof Frame.Vote vote)) {
      return true;
    }
    Message message = vote.message();
    Integer toTwin = placeOf.get(to.index());
    if (toTwin != null && message.author().equals(to.address())) {
      return hearing.contains(to.index());
    }
    if (groups != null) {
      return groups.together(from.index(), to.index(), message);
    }
    Integer twin = toTwin == null ? placeOf.get(from.index()) : toTwin;
    if (twin == null) {
      return true;
    }
    int other = toTwin == null ? to.index() : from.index();
    return split.reachesFirst(other, message.height(), message.round()) == (twin == 0);
  }
}
