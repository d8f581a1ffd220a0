package dev.klay.consensus.node;

import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.core.config.Ballot;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A node's open ballots. Each goes into blocks of this node until what it asks for holds; then it
 * is closed, so that somebody who comes back later is not voted out again. Of several they take
 * turns. Any thread may call.
 */
public final class Ballots {
  /** Open ballots of one node. */
  public static final int MAX = 100;

  /** Keeps the open ballots for the node's next life. */
  public interface Keeper {
    void keep(List<Ballot> open);
  }

  private final Keeper keeper;
  private final TreeMap<Address, Ballot> open = new TreeMap<>();

  /** No ballots, kept nowhere. */
  public Ballots() {
    this(List.of(), open -> {});
  }

  /** Those of an earlier life. */
  public Ballots(List<Ballot> kept, Keeper keeper) {
    this.keeper = keeper;
    kept.forEach(ballot -> open.put(ballot.target(), ballot));
  }

  /**
   * Opens a ballot, in place of an earlier one on the same target.
   *
   * @throws IllegalStateException if {@value #MAX} are open
   */
  public synchronized void cast(Ballot ballot) {
    if (open.size() >= MAX && !open.containsKey(ballot.target())) {
      throw new IllegalStateException(MAX + " ballots are open; withdraw one");
    }
    open.put(ballot.target(), ballot);
    keep();
  }

  /**
   * Opens a ballot against somebody who was caught, unless the operator has one on him or there are
   * {@value #MAX}.
   */
  public synchronized void accuse(Address culprit) {
    if (open.size() < MAX && !open.containsKey(culprit)) {
      cast(Ballot.remove(culprit));
    }
  }

  public synchronized void withdraw(Address target) {
    if (open.remove(target) != null) {
      keep();
    }
  }

  /** Closes the ballots whose wish holds. */
  public synchronized void settle(ValidatorSet validators) {
    if (open.values().removeIf(ballot -> holds(ballot, validators))) {
      keep();
    }
  }

  private void keep() {
    keeper.keep(open());
  }

  private static boolean holds(Ballot ballot, ValidatorSet validators) {
    return validators.contains(ballot.target()) == ballot.adds();
  }

  /** Ballots whose wish does not hold yet, by target. */
  public synchronized List<Ballot> open() {
    return List.copyOf(open.values());
  }

  private List<Ballot> wanted(ValidatorSet validators) {
    List<Ballot> wanted = new ArrayList<>(open.values());
    wanted.removeIf(ballot -> holds(ballot, validators));
    return wanted;
  }

  /** Whether this validator has a wish that does not hold yet. */
  public synchronized boolean isOpen(ValidatorSet validators, Address self) {
    return validators.contains(self) && !wanted(validators).isEmpty();
  }

  /** The ballot for this node's block at a height. */
  public synchronized Optional<Ballot> next(ValidatorSet validators, Address self, long height) {
    List<Ballot> wanted = wanted(validators);
    return wanted.isEmpty() || !validators.contains(self)
        ? Optional.empty()
        : Optional.of(wanted.get((int) (height / validators.size() % wanted.size())));
  }
}
