package dev.klay.core.importing;

import dev.klay.core.config.Ballot;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.proof.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who validates, epoch by epoch ({@code consensus.md} section 12): validators change at an epoch's
 * end only. A wish passes once a quorum voted for it within one epoch; at the end the passed ones
 * take effect in the order in which they passed, few at a time so that old and new quorums share
 * honest members, and the rest waits for the next end. Immutable.
 */
public final class EpochCouncil {
  /** More validators no chain has. */
  public static final int VALIDATORS_MAX = 100;

  /** A ballot that counts in the running epoch. */
  private record Cast(Address voter, Ballot ballot) {}

  private final long epochLength;
  private final List<Address> validators;
  private final List<Cast> casts;
  private final List<Ballot> passed;

  private EpochCouncil(
      long epochLength, List<Address> validators, List<Cast> casts, List<Ballot> passed) {
    this.epochLength = epochLength;
    this.validators = validators.stream().sorted().toList();
    this.casts = List.copyOf(casts);
    this.passed = List.copyOf(passed);
  }

  /** The council of a genesis. */
  public static EpochCouncil of(List<Address> validators, long epochLength) {
    if (epochLength < 1) {
      throw new IllegalArgumentException("an epoch has at least one block, not " + epochLength);
    }
    return new EpochCouncil(epochLength, validators, List.of(), List.of());
  }

  /** The validators of the next block, in ascending order. */
  public List<Address> validators() {
    return validators;
  }

  public boolean isEpochBlock(long number) {
    return number > 0 && number % epochLength == 0;
  }

  /** The last block before this one, or this one, whose end fixed the validators behind it. */
  public long epochStart(long number) {
    return number - number % epochLength;
  }

  /** The validators behind the epoch block that is next, given the ballot it carries. */
  public List<Address> decided(Address author, Optional<Ballot> ballot) {
    return with(author, ballot).turn().validators;
  }

  /** What holds after a block. */
  public EpochCouncil after(long number, Address author, Optional<Ballot> ballot) {
    EpochCouncil counted = with(author, ballot);
    return isEpochBlock(number) ? counted.turn() : counted;
  }

  /** A newer ballot of a voter on a target replaces the older. */
  private EpochCouncil with(Address voter, Optional<Ballot> cast) {
    if (cast.isEmpty() || !validators.contains(voter)) {
      return this;
    }
    Ballot ballot = cast.orElseThrow();
    List<Cast> now = new ArrayList<>(casts);
    now.removeIf(c -> c.voter().equals(voter) && c.ballot().target().equals(ballot.target()));
    now.add(new Cast(voter, ballot));
    List<Ballot> nowPassed = new ArrayList<>(passed);
    long votes = now.stream().filter(c -> c.ballot().equals(ballot)).count();
    if (votes >= Quorum.size(validators.size()) && !passed.contains(ballot)) {
      nowPassed.add(ballot);
    }
    return new EpochCouncil(epochLength, validators, now, nowPassed);
  }

  /** The end of the epoch: what passed takes effect, ballots that did not pass are dropped. */
  private EpochCouncil turn() {
    int changesLeft = Math.max(1, Quorum.faultyMax(validators.size()));
    TreeSet<Address> next = new TreeSet<>(validators);
    List<Ballot> waiting = new ArrayList<>();
    for (Ballot ballot : passed) {
      boolean possible =
          ballot.adds()
              ? next.size() < VALIDATORS_MAX && !next.contains(ballot.target())
              : next.size() > 1 && next.contains(ballot.target());
      if (!possible) {
        continue; // void: it asks for what is, or for what may not be
      }
      if (changesLeft == 0) {
        waiting.add(ballot);
      } else if (ballot.adds()) {
        next.add(ballot.target());
        changesLeft--;
      } else {
        next.remove(ballot.target());
        changesLeft--;
      }
    }
    return new EpochCouncil(epochLength, List.copyOf(next), List.of(), waiting);
  }
}
