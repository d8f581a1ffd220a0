package dev.klay.client;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a sponsor spent and set aside on one day. All state is under this object's lock. */
final class SponsorLedger {
  /** Senders of a day that are told apart; beyond, nobody new is paid for. */
  static final int USERS_MAX = 1_000_000;

  private final Journal journal;
  private final Map<Address, Amount> spentByUser = new HashMap<>();
  private final Map<Hash, Claim> open = new HashMap<>();
  private Amount spent = Amount.ZERO;
  private long day = Long.MIN_VALUE;

  /**
   * What is set aside for one transaction.
   *
   * @param day in days since 1970, UTC
   */
  record Claim(Address user, Amount most, long day) {}

  /** How much may be spent in a day. */
  record Budgets(Amount perUser, Amount perDay) {}

  /** Is told of all that must outlive this object, in order. */
  interface Journal {
    /** A day on which nothing is spent yet; what was before does not count any more. */
    default void begun(long day) {}

    /**
     * The sponsor is about to hand out its signature; it does not if this fails.
     *
     * @throws SponsorBookException if that cannot be kept
     */
    default void claimed(Hash transaction, Claim claim) {}

    /** What it cost in the end. Never fails: if it is lost, more counts as spent, not less. */
    default void settled(Hash transaction, Amount cost) {}
  }

  /** A ledger that ends with this object. */
  SponsorLedger() {
    this(new Journal() {});
  }

  /** Starts with nothing spent. */
  SponsorLedger(Journal journal) {
    this.journal = journal;
  }

  synchronized Claim reserve(Address user, Amount most, Budgets budgets, Instant now) {
    turnTo(now);
    Amount leftOfUser = left(budgets.perUser(), ofUser(user));
    if (leftOfUser.isLessThan(most)) {
      throw SponsorRefusedException.ofUser(user, most, leftOfUser);
    }
    boolean full = spentByUser.size() >= USERS_MAX && !spentByUser.containsKey(user);
    Amount leftOfDay = full ? Amount.ZERO : left(budgets.perDay(), spent);
    if (leftOfDay.isLessThan(most)) {
      throw SponsorRefusedException.ofDay(user, most, leftOfDay);
    }
    add(user, most);
    return new Claim(user, most, day);
  }

  /**
   * The claim is for this transaction.
   *
   * @return whether nothing was set aside for it before; otherwise the claim is free again, since a
   *     transaction is charged once
   */
  synchronized boolean record(Hash transaction, Claim claim) {
    if (open.containsKey(transaction)) {
      free(claim);
      return false;
    }
    if (claim.day() == day) { // or the day is over, and what was set aside is part of it
      journal.claimed(transaction, claim);
      open.put(transaction, claim);
    }
    return true;
  }

  /** Nothing is set aside for the claim any more. */
  synchronized void free(Claim claim) {
    if (claim.day() == day) {
      subtract(claim.user(), claim.most());
    }
  }

  /** What it cost is spent; the rest of the claim is free again. */
  synchronized void settle(Hash transaction, Amount cost) {
    Claim claim = open.remove(transaction);
    if (claim != null) {
      subtract(claim.user(), claim.most());
      add(claim.user(), cost);
      journal.settled(transaction, cost);
    }
  }

  synchronized Amount left(Address user, Budgets budgets, Instant now) {
    turnTo(now);
    Amount ofUser = left(budgets.perUser(), ofUser(user));
    Amount ofAll = left(budgets.perDay(), spent);
    return ofUser.isLessThan(ofAll) ? ofUser : ofAll;
  }

  synchronized Amount spent(Instant now) {
    turnTo(now);
    return spent;
  }

  /** Transactions that are signed and not known to be final or refused. */
  synchronized List<Hash> open() {
    return List.copyOf(open.keySet());
  }

  /** A budget may be smaller now than when something was spent of it. */
  private static Amount left(Amount budget, Amount gone) {
    return budget.isLessThan(gone) ? Amount.ZERO : budget.minus(gone);
  }

  private Amount ofUser(Address user) {
    return spentByUser.getOrDefault(user, Amount.ZERO);
  }

  private void add(Address user, Amount amount) {
    spentByUser.put(user, ofUser(user).plus(amount));
    spent = spent.plus(amount);
  }

  private void subtract(Address user, Amount amount) {
    spentByUser.put(user, ofUser(user).minus(amount));
    spent = spent.minus(amount);
  }

  private void turnTo(Instant now) {
    long today = now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    if (today > day) {
      journal.begun(today); // first: if this fails, it is tried again
      begin(today);
    }
  }

  // Reading what a journal kept

  synchronized void begin(long newDay) {
    day = newDay;
    spent = Amount.ZERO;
    spentByUser.clear();
    open.clear();
  }

  /** An amount that was spent on the day. */
  synchronized void addSpent(Address user, Amount amount) {
    add(user, amount);
  }

  synchronized void addClaim(Hash transaction, Address user, Amount most) {
    open.put(transaction, new Claim(user, most, day));
    add(user, most);
  }

  /** Tells another ledger all of this one, in as few words as possible. */
  synchronized void tell(Summary summary) {
    Map<Address, Amount> settled = new HashMap<>(spentByUser);
    open.values().forEach(c -> settled.computeIfPresent(c.user(), (u, a) -> a.minus(c.most())));
    summary.day(day);
    settled.forEach(summary::spent);
    open.forEach((hash, claim) -> summary.claim(hash, claim.user(), claim.most()));
  }

  /** Takes in a ledger. */
  interface Summary {
    void day(long day);

    void spent(Address user, Amount amount);

    void claim(Hash transaction, Address user, Amount most);
  }
}
