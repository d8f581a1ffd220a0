package dev.klay.client;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** What a sponsor spent and set aside on one day. All state is under this object's lock. */
final class SponsorLedger {
  /** Senders of a day that are told apart; beyond, nobody new is paid for. */
  static final int USERS_MAX = 1_000_000;

  private final Amount perUser;
  private final Amount perDay;
  private final Map<Address, Amount> spentByUser = new HashMap<>();
  private final Map<Hash, Claim> open = new HashMap<>();
  private Amount spent = Amount.ZERO;
  private long day = Long.MIN_VALUE;

  /** What is set aside for one transaction. */
  record Claim(Address user, Amount most, long day) {}

  SponsorLedger(Amount perUser, Amount perDay) {
    this.perUser = perUser;
    this.perDay = perDay;
  }

  synchronized Claim reserve(Address user, Amount most, Instant now) {
    turnTo(now);
    Amount ofUser = spentByUser.getOrDefault(user, Amount.ZERO);
    if (perUser.minus(ofUser).isLessThan(most)) {
      throw SponsorRefusedException.ofUser(user, most, perUser.minus(ofUser));
    }
    boolean full = spentByUser.size() >= USERS_MAX && !spentByUser.containsKey(user);
    if (full || perDay.minus(spent).isLessThan(most)) {
      throw SponsorRefusedException.ofDay(user, most, full ? Amount.ZERO : perDay.minus(spent));
    }
    spentByUser.put(user, ofUser.plus(most));
    spent = spent.plus(most);
    return new Claim(user, most, day);
  }

  synchronized void record(Hash transaction, Claim claim) {
    Claim known = open.put(transaction, claim);
    if (known != null) {
      free(known); // the same transaction, signed once more: it can be charged once
    }
  }

  synchronized void free(Claim claim) {
    if (claim.day() == day) {
      spent = spent.minus(claim.most());
      spentByUser.computeIfPresent(claim.user(), (u, amount) -> amount.minus(claim.most()));
    }
  }

  /** What it cost is spent; the rest of the claim is free again. */
  synchronized void settle(Hash transaction, Amount cost) {
    Claim claim = open.remove(transaction);
    if (claim != null && claim.day() == day) {
      free(claim);
      spent = spent.plus(cost);
      spentByUser.computeIfPresent(claim.user(), (u, amount) -> amount.plus(cost));
    }
  }

  synchronized Amount left(Address user, Instant now) {
    turnTo(now);
    Amount ofUser = perUser.minus(spentByUser.getOrDefault(user, Amount.ZERO));
    Amount ofAll = perDay.minus(spent);
    return ofUser.isLessThan(ofAll) ? ofUser : ofAll;
  }

  synchronized Amount spent(Instant now) {
    turnTo(now);
    return spent;
  }

  private void turnTo(Instant now) {
    long today = now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    if (today > day) {
      day = today;
      spent = Amount.ZERO;
      spentByUser.clear();
      open.clear();
    }
  }
}
