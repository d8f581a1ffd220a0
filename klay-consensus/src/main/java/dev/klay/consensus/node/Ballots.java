package dev.klay.consensus.node;

import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.core.config.Ballot;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The operator's open ballots. Each goes into blocks of this node until what it asks for holds; of
 * several they take turns. Any thread may call.
 */
public final class Ballots {
  /** Open ballots of one node. */
  public static final int MAX = 100;

  private final TreeMap<Address, Ballot> open = new TreeMap<>();

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
  }

  public synchronized void withdraw(Address target) {
    open.remove(target);
  }

  /** Ballots whose wish does not hold yet. */
  public synchronized List<Ballot> open() {
    return List.copyOf(open.values());
  }

  private List<Ballot> wanted(ValidatorSet validators) {
    List<Ballot> wanted = new ArrayList<>(open.values());
    wanted.removeIf(ballot -> validators.contains(ballot.target()) == ballot.adds());
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
