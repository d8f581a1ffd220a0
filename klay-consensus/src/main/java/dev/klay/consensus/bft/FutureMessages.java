package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Messages for heights that are not open yet: few heights ahead and few of each signer, so that
 * nobody can push out what others said.
 */
final class FutureMessages {
  private static final int HEIGHTS_AHEAD = 8;
  private static final int PER_SIGNER = 8;

  private final NavigableMap<Long, NavigableMap<Address, List<Message>>> byHeight = new TreeMap<>();

  /** Keeps a message for a height behind the open one. */
  void put(Message message, long openHeight) {
    if (message.height() <= openHeight || message.height() > openHeight + HEIGHTS_AHEAD) {
      return;
    }
    List<Message> own =
        byHeight
            .computeIfAbsent(message.height(), h -> new TreeMap<>())
            .computeIfAbsent(message.author(), a -> new ArrayList<>());
    if (own.size() < PER_SIGNER && !own.contains(message)) {
      own.add(message);
    }
  }

  /** What was kept for a height, by round, kind and signer; earlier heights are forgotten. */
  List<Message> take(long height) {
    NavigableMap<Address, List<Message>> kept = byHeight.remove(height);
    byHeight.headMap(height, true).clear();
    List<Message> all = new ArrayList<>();
    if (kept != null) {
      kept.values().forEach(all::addAll);
    }
    all.sort(
        Comparator.comparingInt(Message::round)
            .thenComparingInt(FutureMessages::kind)
            .thenComparing(Message::author));
    return all;
  }

  private static int kind(Message message) {
    if (message instanceof Proposal) {
      return 0;
    }
    return message instanceof Prepare ? 1 : message instanceof Commit ? 2 : 3;
  }
}
