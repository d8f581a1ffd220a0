package dev.klay.consensus.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The union of all signed messages that left any node in any of its lives. At most one hash, or
 * claim, may stand for each author, type, height and round, and whoever committed may not forget it
 * in a later round.
 */
final class SentVotes {
  private final Map<String, String> subjects = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Integer> committedRound = new TreeMap<>();
  private final Map<String, Map<Integer, Integer>> claims = new TreeMap<>();

  /** Takes a line {@code sent AUTHOR TYPE HEIGHT ROUND SUBJECT}. */
  synchronized void add(String line) {
    String[] words = line.split(" ");
    String author = words[1];
    String type = words[2];
    String height = words[3];
    int round = Integer.parseInt(words[4]);
    String subject = words[5];
    String before = subjects.putIfAbsent(String.join(" ", author, type, height, words[4]), subject);
    if (before != null && !before.equals(subject)) {
      violations.add(line + " contradicts " + before);
    }
    String place = author + " " + height;
    if (type.equals("Commit")) {
      committedRound.merge(place, round, Math::max);
    } else if (type.equals("RoundChange")) {
      int claimed = subject.equals("none") ? -1 : Integer.parseInt(subject.split(":")[0]);
      claims.computeIfAbsent(place, p -> new TreeMap<>()).put(round, claimed);
    }
  }

  synchronized int count() {
    return subjects.size();
  }

  /** What no honest node does; empty if nobody did. */
  synchronized List<String> violations() {
    List<String> all = new ArrayList<>(violations);
    committedRound.forEach(
        (place, committed) ->
            claims
                .getOrDefault(place, Map.of())
                .forEach(
                    (round, claimed) -> {
                      if (round > committed && claimed < committed) {
                        all.add(place + " committed in " + committed + ", forgotten in " + round);
                      }
                    }));
    return all;
  }
}
