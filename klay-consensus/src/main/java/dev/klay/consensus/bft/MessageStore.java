package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The votes of one height. Bounded per signer, so that nobody can push out what others said ({@code
 * consensus.md} section 14): of PREPAREs the current round and the highest later one, of COMMITs
 * also the last four rounds before, of ROUND_CHANGEs the newest and the one of the current round.
 * Of two that contradict each other the first stays.
 */
class MessageStore {
  private static final int PAST_COMMITS = 4;

  private final NavigableMap<Address, NavigableMap<Integer, Prepare>> prepares = new TreeMap<>();
  private final NavigableMap<Address, NavigableMap<Integer, Commit>> commits = new TreeMap<>();
  private final NavigableMap<Address, NavigableMap<Integer, RoundChange>> changes = new TreeMap<>();

  /** Adds a vote; the one that it contradicts, if there is one. */
  Optional<Evidence> put(Prepare prepare, int currentRound) {
    NavigableMap<Integer, Prepare> own = prepares.computeIfAbsent(prepare.author(), a -> map());
    Prepare first = own.putIfAbsent(prepare.round(), prepare);
    trim(own, currentRound, currentRound);
    return first == null || first.hash().equals(prepare.hash())
        ? Optional.empty()
        : Optional.of(new Evidence(Evidence.Kind.TWO_PREPARES, first, prepare));
  }

  /** Adds a vote; the one that it contradicts, if there is one. */
  Optional<Evidence> put(Commit commit, int currentRound) {
    NavigableMap<Integer, Commit> own = commits.computeIfAbsent(commit.author(), a -> map());
    Commit first = own.putIfAbsent(commit.round(), commit);
    trim(own, currentRound - PAST_COMMITS, currentRound);
    return first == null || first.hash().equals(commit.hash())
        ? lostLock(commit.author())
        : Optional.of(new Evidence(Evidence.Kind.TWO_COMMITS, first, commit));
  }

  /** Adds a round change; what it contradicts, if there is something. */
  Optional<Evidence> put(RoundChange change, int currentRound) {
    NavigableMap<Integer, RoundChange> own = changes.computeIfAbsent(change.author(), a -> map());
    RoundChange first = own.get(change.round());
    if (first == null || first.claim().equals(change.claim()) && lacks(first, change)) {
      own.put(change.round(), change);
    }
    trim(own, currentRound, currentRound);
    return first == null || first.claim().equals(change.claim())
        ? lostLock(change.author())
        : Optional.of(new Evidence(Evidence.Kind.TWO_ROUND_CHANGES, first, change));
  }

  /** A later copy may carry attachments that the first did not. */
  private static boolean lacks(RoundChange first, RoundChange later) {
    return first.prepares().size() < later.prepares().size()
        || first.block().isEmpty() && later.block().isPresent();
  }

  /** Whoever committed in a round must claim at least that round in any later round change. */
  private Optional<Evidence> lostLock(Address author) {
    NavigableMap<Integer, Commit> sealed = commits.getOrDefault(author, map());
    NavigableMap<Integer, RoundChange> changed = changes.getOrDefault(author, map());
    for (Commit commit : sealed.values()) {
      for (RoundChange change : changed.tailMap(commit.round(), false).values()) {
        if (change.claim().map(claim -> claim.round() < commit.round()).orElse(true)) {
          return Optional.of(new Evidence(Evidence.Kind.LOST_LOCK, commit, change));
        }
      }
    }
    return Optional.empty();
  }

  private static <T> NavigableMap<Integer, T> map() {
    return new TreeMap<>();
  }

  /** Keeps the rounds from the oldest to the current one, and the highest behind it. */
  private static <T> void trim(NavigableMap<Integer, T> own, int oldest, int current) {
    own.headMap(oldest, false).clear();
    while (own.tailMap(current, false).size() > 1) {
      own.remove(own.tailMap(current, false).firstKey());
    }
  }

  /** Drops what a later round no longer needs. Commits of earlier rounds still count. */
  void enterRound(int round) {
    prepares.values().forEach(own -> trim(own, round, round));
    changes.values().forEach(own -> trim(own, round, round));
    commits.values().forEach(own -> trim(own, round - PAST_COMMITS, round));
  }

  /** The prepares for a block in a round, one of each signer, by signer. */
  List<Prepare> prepares(int round, Hash hash) {
    List<Prepare> found = new ArrayList<>();
    for (NavigableMap<Integer, Prepare> own : prepares.values()) {
      Prepare prepare = own.get(round);
      if (prepare != null && prepare.hash().equals(hash)) {
        found.add(prepare);
      }
    }
    return found;
  }

  /** The commits for a block in a round, one of each signer, by signer. */
  List<Commit> commits(int round, Hash hash) {
    List<Commit> found = new ArrayList<>();
    for (NavigableMap<Integer, Commit> own : commits.values()) {
      Commit commit = own.get(round);
      if (commit != null && commit.hash().equals(hash)) {
        found.add(commit);
      }
    }
    return found;
  }

  /** The rounds in which somebody committed to the block, ascending. */
  List<Integer> commitRounds(Hash hash) {
    return commits.values().stream()
        .flatMap(own -> own.values().stream())
        .filter(commit -> commit.hash().equals(hash))
        .map(Commit::round)
        .sorted()
        .distinct()
        .toList();
  }

  /** All votes of a round, by signer. */
  List<Message> votes(int round) {
    List<Message> found = new ArrayList<>();
    prepares.values().forEach(own -> addIfThere(found, own.get(round)));
    commits.values().forEach(own -> addIfThere(found, own.get(round)));
    return found;
  }

  private static void addIfThere(List<Message> found, @Nullable Message message) {
    if (message != null) {
      found.add(message);
    }
  }

  /** The round changes for exactly this round, by signer. */
  List<RoundChange> roundChanges(int round) {
    List<RoundChange> found = new ArrayList<>();
    for (NavigableMap<Integer, RoundChange> own : changes.values()) {
      RoundChange change = own.get(round);
      if (change != null) {
        found.add(change);
      }
    }
    return found;
  }

  /** How many votes are kept of one signer, for tests of the limits. */
  int countOf(Address author) {
    return prepares.getOrDefault(author, map()).size()
        + commits.getOrDefault(author, map()).size()
        + changes.getOrDefault(author, map()).size();
  }

  /** The newest round change of each signer, by signer. */
  List<RoundChange> newestRoundChanges() {
    List<RoundChange> found = new ArrayList<>();
    changes.values().stream()
        .filter(own -> !own.isEmpty())
        .forEach(own -> found.add(own.lastEntry().getValue()));
    return found;
  }
}
