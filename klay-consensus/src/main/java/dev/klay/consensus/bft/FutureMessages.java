package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Messages for heights that are not open yet: few heights ahead, few and small ones of each signer,
 * so that nobody can push out what others said ({@code consensus.md} section 14). A block is kept
 * for the next height only, one of each signer, while there is room; votes have room of their own.
 * What is refused comes again by the exchange of status.
 */
final class FutureMessages {
  static final int HEIGHTS_AHEAD = 8;
  static final int PER_SIGNER = 8;
  static final int SIGNER_BYTES_MAX = 64 << 10;
  static final int PROPOSALS_BYTES_MAX = 32 << 20;

  private static final int VOTE_BYTES = 256;

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
    if (own.size() < PER_SIGNER && !own.contains(message) && hasRoom(message, own, openHeight)) {
      own.add(message);
    }
  }

  private boolean hasRoom(Message message, List<Message> own, long openHeight) {
    if (message instanceof Proposal) {
      return message.height() == openHeight + 1
          && own.stream().noneMatch(Proposal.class::isInstance)
          && proposalBytes() + sizeBytes(message) <= PROPOSALS_BYTES_MAX;
    }
    long votes =
        own.stream()
            .filter(m -> !(m instanceof Proposal))
            .mapToLong(FutureMessages::sizeBytes)
            .sum();
    return votes + sizeBytes(message) <= SIGNER_BYTES_MAX;
  }

  private long proposalBytes() {
    return byHeight.values().stream()
        .flatMap(signers -> signers.values().stream())
        .flatMap(List::stream)
        .filter(Proposal.class::isInstance)
        .mapToLong(FutureMessages::sizeBytes)
        .sum();
  }

  private static long sizeBytes(Message message) {
    if (message instanceof Proposal proposal) {
      long votes = proposal.roundChanges().size() + proposal.prepares().size();
      return proposal.block().encode().size() + VOTE_BYTES * (1 + votes);
    }
    if (message instanceof RoundChange change) {
      long block = change.block().map(b -> b.encode().size()).orElse(0);
      return block + VOTE_BYTES * (1L + change.prepares().size());
    }
    return VOTE_BYTES;
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

  int count() {
    return byHeight.values().stream()
        .flatMap(signers -> signers.values().stream())
        .mapToInt(List::size)
        .sum();
  }

  private static int kind(Message message) {
    if (message instanceof Proposal) {
      return 0;
    }
    return message instanceof Prepare ? 1 : message instanceof Commit ? 2 : 3;
  }
}
