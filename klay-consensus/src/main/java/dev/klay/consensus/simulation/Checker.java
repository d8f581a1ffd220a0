package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.PreparedClaim;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.core.config.Ballot;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Watches all nodes and judges what they do by the invariants of {@code consensus.md} section 17.
 * It knows nothing of how a node comes to what it does: it sees frames, imports and ledgers.
 */
final class Checker {
  /** Votes of an identity are told apart by these. */
  private record Slot(Address author, long height, int round, int type)
      implements Comparable<Slot> {
    @Override
    public int compareTo(Slot o) {
      int by = Long.compare(height, o.height);
      by = by != 0 ? by : Integer.compare(round, o.round);
      by = by != 0 ? by : Integer.compare(type, o.type);
      return by != 0 ? by : author.compareTo(o.author);
    }
  }

  private record Lock(long height, int round, Hash hash) implements Comparable<Lock> {
    @Override
    public int compareTo(Lock o) {
      int by = Long.compare(height, o.height);
      by = by != 0 ? by : Integer.compare(round, o.round);
      return by != 0 ? by : hash.compareTo(o.hash);
    }
  }

  /** A validator without blocks may have signed for as many heights before. */
  private static final int BEGINNING = 2;

  private final ChainRules rules;
  private final SealCheck seals;
  private final List<Violation> violations = new ArrayList<>();
  private final TreeMap<Long, Hash> decided = new TreeMap<>();
  private final TreeMap<Long, List<Address>> councils = new TreeMap<>();
  private final TreeMap<Long, TreeMap<Address, List<Ballot>>> ballots = new TreeMap<>();
  private final TreeMap<Slot, Object> said = new TreeMap<>();
  private final TreeMap<Address, TreeMap<Long, Integer>> roundsLeft = new TreeMap<>();
  private final TreeMap<Lock, TreeSet<Address>> commits = new TreeMap<>();
  private final TreeMap<Long, TreeMap<Address, Integer>> reached = new TreeMap<>();
  private final TreeSet<Address> beginners = new TreeSet<>();
  private long blocks;

  Checker(ChainRules rules, SealCheck seals, List<Address> genesis) {
    this.rules = rules;
    this.seals = seals;
    councils.put(1L, genesis.stream().sorted().toList());
  }

  List<Violation> violations() {
    return violations;
  }

  /** Different heights that were decided. */
  long blocks() {
    return blocks;
  }

  void fail(String invariant, long millis, String detail) {
    if (violations.size() < 8) {
      violations.add(new Violation(invariant, millis, detail));
    }
  }

  // Imports: I1, I2, I3, I11, I12

  void imported(SimulatedNode node, FinalBlock block, long millis, long latestHonestClock) {
    Hash first = decided.putIfAbsent(block.number(), block.hash());
    if (first == null) {
      blocks++;
      forgetBelow(block.number() - 3L * rules.keptBlocks()); // more than any node has
      decided(node, block, millis, latestHonestClock);
    } else if (!first.equals(block.hash())) {
      fail(
          "I1",
          millis,
          node + " imported " + block.hash() + " at " + block.number() + ", not " + first);
    }
    Optional<ValidatorSet> council = councilOf(block.number());
    if (council.isPresent()) {
      seals
          .fault(block, council.orElseThrow())
          .ifPresent(
              fault -> fail("I2", millis, node + " imported " + block.block() + ": " + fault));
    }
  }

  private Optional<ValidatorSet> councilOf(long height) {
    return Optional.ofNullable(councils.floorEntry(height)).map(e -> ValidatorSet.of(e.getValue()));
  }

  private void decided(SimulatedNode node, FinalBlock block, long millis, long latestHonestClock) {
    if (!(block.block() instanceof LightBlock light)) {
      return;
    }
    List<Address> council = councils.floorEntry(block.number()).getValue();
    if (!light.validators().equals(council)) {
      fail("I11", millis, node + " imported " + light + " of other validators");
    }
    if (light.timestampMillis() > latestHonestClock + rules.maxDriftMillis()) {
      fail(
          "I12",
          millis,
          light + " is of " + light.timestampMillis() + ", clocks say " + latestHonestClock);
    }
    light
        .ballot()
        .ifPresent(
            b ->
                ballots
                    .computeIfAbsent(epochOf(block.number()), e -> new TreeMap<>())
                    .computeIfAbsent(light.builder(), a -> new ArrayList<>())
                    .add(b));
    if (block.number() % rules.epochLength() == 0) {
      councils.put(block.number() + 1, light.nextValidators());
      checkChange(council, light, millis);
    }
  }

  private long epochOf(long number) {
    return (number - 1) / rules.epochLength();
  }

  /** Nobody comes or goes without a quorum's ballots, in this epoch or an earlier one. */
  private void checkChange(List<Address> before, LightBlock epochBlock, long millis) {
    TreeSet<Address> changed = new TreeSet<>(before);
    changed.addAll(epochBlock.nextValidators());
    changed.removeIf(a -> before.contains(a) == epochBlock.nextValidators().contains(a));
    int most = Math.max(1, (before.size() - 1) / 3);
    if (changed.size() > most) {
      fail("I11", millis, changed.size() + " changes at once at " + epochBlock);
    }
    for (Address target : changed) {
      Ballot needed = new Ballot(target, epochBlock.nextValidators().contains(target));
      boolean voted =
          ballots.values().stream()
              .anyMatch(
                  epoch ->
                      epoch.values().stream().filter(cast -> cast.contains(needed)).count()
                          >= Math.min(2, before.size()));
      if (!voted) {
        fail("I11", millis, target + " changed without ballots at " + epochBlock);
      }
    }
  }

  // Frames of honest identities: I4, I5, I6, I7, I8, I9

  void sent(SimulatedNode node, Message message, long millis) {
    noteCommit(message);
    if (message.height() <= BEGINNING && beginners.contains(message.author())) {
      return;
    }
    Slot slot = slotOf(message);
    Object content = contentOf(message);
    Object before = said.putIfAbsent(slot, content);
    if (before != null) {
      if (!before.equals(content)) {
        fail(
            "I4",
            millis,
            node + " signed " + describe(message) + " twice: " + before + " and " + content);
      }
      return;
    }
    if (message.height() != node.headNumber() + 1) {
      fail("I8", millis, node + " at " + node.headNumber() + " signed " + describe(message));
    }
    checkRound(node, message, millis);
    checkLock(node, message, millis);
    checkLostLock(node, message, millis);
    if (node.disk().isDirty() || !node.ledger().holds(message)) {
      fail("I5", millis, node + " sent what is not durable: " + describe(message));
    }
  }

  /**
   * A validator lost its ledger and has no block. Where nobody shows it one either, it begins as if
   * for the first time ({@code consensus.md} section 9), so what it signs for the first heights is
   * not held against it; it is one of those that may be faulty.
   */
  void mayBeginAnew(Address author) {
    beginners.add(author);
  }

  private static Slot slotOf(Message message) {
    int type =
        message instanceof Proposal
            ? 0
            : message instanceof Prepare ? 1 : message instanceof Commit ? 2 : 3;
    return new Slot(message.author(), message.height(), message.round(), type);
  }

  private static Object contentOf(Message message) {
    if (message instanceof Proposal proposal) {
      return proposal.hash();
    }
    if (message instanceof Prepare prepare) {
      return prepare.hash();
    }
    return message instanceof Commit commit ? commit.hash() : ((RoundChange) message).claim();
  }

  private static String describe(Message message) {
    return message.getClass().getSimpleName()
        + "("
        + message.height()
        + ", "
        + message.round()
        + ")";
  }

  /** Once a node asked for a round, it votes in no earlier one. */
  private void checkRound(SimulatedNode node, Message message, long millis) {
    TreeMap<Long, Integer> left =
        roundsLeft.computeIfAbsent(message.author(), a -> new TreeMap<>());
    int lowest = left.getOrDefault(message.height(), 0);
    if (message.round() < lowest) {
      fail("I6", millis, node + " signed " + describe(message) + " behind round " + lowest);
    }
    left.headMap(message.height(), false).clear();
    left.merge(message.height(), message.round(), Math::max);
  }

  /** Counts seals of anybody, liars included. */
  void noteCommit(Message message) {
    if (message instanceof Commit commit) {
      commits
          .computeIfAbsent(
              new Lock(commit.height(), commit.round(), commit.hash()), l -> new TreeSet<>())
          .add(commit.author());
    }
  }

  /** What a quorum sealed is what every later round is about. */
  private void checkLock(SimulatedNode node, Message message, long millis) {
    if (!(message instanceof Prepare prepare)) {
      return;
    }
    Optional<ValidatorSet> council = councilOf(prepare.height());
    if (council.isEmpty()) {
      return;
    }
    commits
        .subMap(
            new Lock(prepare.height(), 0, Hash.ZERO),
            new Lock(prepare.height(), prepare.round(), Hash.ZERO))
        .forEach(
            (lock, signers) -> {
              long valid = signers.stream().filter(council.orElseThrow()::contains).count();
              if (valid >= council.orElseThrow().quorum() && !lock.hash().equals(prepare.hash())) {
                fail("I7", millis, node + " prepared another block than " + lock);
              }
            });
    commits.headMap(new Lock(prepare.height() - 2, 0, Hash.ZERO)).clear();
  }

  private void checkLostLock(SimulatedNode node, Message message, long millis) {
    if (!(message instanceof RoundChange change)) {
      return;
    }
    for (int round = 0; round < change.round(); round++) {
      boolean committed = said.containsKey(new Slot(change.author(), change.height(), round, 2));
      if (committed && change.claim().map(PreparedClaim::round).orElse(-1) < round) {
        fail("I4", millis, node + " lost its lock of round " + round + " in " + describe(change));
      }
    }
  }

  /**
   * Without a quorum nobody climbs: a node is at most one round above what a quorum reached, liars
   * counted as being anywhere (I14).
   */
  void reached(SimulatedNode node, long height, int round, World world) {
    TreeMap<Address, Integer> at = reached.computeIfAbsent(height, h -> new TreeMap<>());
    Integer before = at.put(node.address(), Math.max(round, at.getOrDefault(node.address(), 0)));
    if (round < 2 || before != null && before >= round) {
      return;
    }
    Optional<ValidatorSet> council = councilOf(height);
    if (council.isEmpty()) {
      return;
    }
    long there =
        council.orElseThrow().addresses().stream()
            .filter(a -> world.isDistrusted(a) || at.getOrDefault(a, 0) >= round - 1)
            .count();
    if (there < council.orElseThrow().quorum()) {
      fail("I14", world.nowMillis(), node + " climbed alone to round " + round + " of " + height);
    }
  }

  /** Honest nodes are never blamed: I15. */
  void caught(SimulatedNode by, Evidence evidence, boolean culpritIsHonest, long millis) {
    if (!evidence.isConclusive()) {
      fail("I15", millis, by + " reports what proves nothing: " + evidence.kind());
    }
    if (culpritIsHonest) {
      fail("I15", millis, by + " blames honest " + evidence.culprit() + " for " + evidence.kind());
    }
  }

  /** Old votes are no longer needed: a run may be long. */
  private void forgetBelow(long height) {
    if (height > 0) {
      said.headMap(new Slot(Address.ZERO, height, 0, 0)).clear();
      decided.headMap(height).clear();
      reached.headMap(height).clear();
      ballots.headMap(epochOf(height) - 1).clear();
    }
  }
}
