package dev.klay.client;

import dev.klay.core.execution.RejectionReason;
import dev.klay.core.service.Await;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * An account that pays the fees of others, within budgets that are never exceeded by one peb: the
 * most that a transaction can cost is set aside before the sponsor signs, and what it did not cost
 * comes free when it is final. Safe for any thread.
 *
 * <pre>{@code
 * Sponsor sponsor = Sponsor.of(treasury).perUser(Amount.klay("0.1")).perDay(Amount.klay("50"));
 * client.account(readerKey).paidBy(sponsor).send(author, Amount.klay("0.01"));
 * }</pre>
 *
 * <p>A day is one of UTC. What is spent is counted in this object, and a process that starts again
 * starts the day's budget again, unless it is {@linkplain #countedIn counted in a book}. What was
 * signed for another party and is never sent stays set aside until the day is over.
 */
public final class Sponsor {
  private final Account treasury;
  private final SponsorLedger.Budgets budgets;
  private final InstantSource clock;
  private final Predicate<KlaytnTx> rule;
  private final Optional<SponsorBook> book;
  private final SponsorLedger ledger;

  private Sponsor(
      Account treasury,
      SponsorLedger.Budgets budgets,
      InstantSource clock,
      Predicate<KlaytnTx> rule,
      Optional<SponsorBook> book) {
    this.treasury = treasury;
    this.budgets = budgets;
    this.clock = clock;
    this.rule = rule;
    this.book = book;
    this.ledger = book.map(SponsorBook::ledger).orElseGet(SponsorLedger::new);
  }

  /** Pays from this account; without any budget yet, so nothing. Give it one. */
  public static Sponsor of(Account treasury) {
    return new Sponsor(
        treasury,
        new SponsorLedger.Budgets(FeeLimit.NONE.max(), Amount.ZERO),
        InstantSource.system(),
        tx -> true,
        Optional.empty());
  }

  /** A sponsor that pays no more than this for one sender in a day, counting from now. */
  public Sponsor perUser(Amount most) {
    return with(new SponsorLedger.Budgets(most, budgets.perDay()));
  }

  /** A sponsor that pays no more than this for all in a day, counting from now. */
  public Sponsor perDay(Amount most) {
    return with(new SponsorLedger.Budgets(budgets.perUser(), most));
  }

  private Sponsor with(SponsorLedger.Budgets others) {
    return new Sponsor(treasury, others, clock, rule, book);
  }

  /** A sponsor whose days are those of this clock. */
  public Sponsor clock(InstantSource source) {
    return new Sponsor(treasury, budgets, source, rule, book);
  }

  /** A sponsor that pays for such transactions only: calls of its own contract, say. */
  public Sponsor only(Predicate<KlaytnTx> allowed) {
    return new Sponsor(treasury, budgets, clock, rule.and(allowed), book);
  }

  /**
   * A sponsor that goes on with what is spent by this book and writes down there what it spends, so
   * that it survives the process. The book stays the caller's to close.
   */
  public Sponsor countedIn(SponsorBook kept) {
    return new Sponsor(treasury, budgets, clock, rule, Optional.of(kept));
  }

  /**
   * Frees what transactions did not cost that became final while nobody looked: to be called when a
   * process goes on with a book. Asks the chain once for each that is open.
   *
   * @return how many are still open: waiting, never sent, or lost
   */
  public int catchUp() {
    for (Hash hash : ledger.open()) {
      treasury.client().receipt(hash).ifPresent(this::settle);
    }
    return ledger.open().size();
  }

  public Address address() {
    return treasury.address();
  }

  /** What may still be spent today: for all, and of that for this sender. */
  public Amount left(Address user) {
    return ledger.left(user, budgets, clock.instant());
  }

  /** What was spent and is set aside today. */
  public Amount spent() {
    return ledger.spent(clock.instant());
  }

  /**
   * Signs as the fee payer.
   *
   * @param offer signed by its sender
   * @throws SponsorRefusedException if the budget does not suffice, or it is no such transaction;
   *     nothing is set aside
   * @throws SponsorBookException if it cannot be written down; nothing is signed
   * @throws IllegalStateException if the sender has not signed, or named another fee payer
   */
  public SignedTx pay(PartialTx offer) {
    return sign(offer).transaction();
  }

  /**
   * A transaction that the sponsor pays for.
   *
   * @param first whether it had not signed the very same before
   */
  private record Paid(SignedTx transaction, boolean first) {}

  private Paid sign(PartialTx offer) {
    KlaytnTx tx = offer.tx();
    if (!tx.feeDelegation().isDelegated()) {
      throw SponsorRefusedException.notDelegated(tx.from());
    }
    if (!rule.test(tx)) {
      throw SponsorRefusedException.byRule(tx.from());
    }
    Amount most = share(tx.feeDelegation(), tx.gasPrice().times(tx.gas()));
    SponsorLedger.Claim claim = ledger.reserve(tx.from(), most, budgets, clock.instant());
    try {
      SignedTx signed = treasury.signAsFeePayer(offer).complete();
      return new Paid(signed, ledger.record(signed.hash(), claim));
    } catch (RuntimeException e) {
      ledger.free(claim);
      throw e;
    }
  }

  /**
   * Pays for what another party signed, sends it and waits until it is final.
   *
   * @throws SponsorRefusedException as {@link #pay}
   */
  public Receipt send(PartialTx offer) {
    return Await.of(sendAsync(offer));
  }

  /** See {@link #send}; the transaction is in the pool when this returns. */
  public CompletableFuture<Receipt> sendAsync(PartialTx offer) {
    Paid paid = sign(offer);
    KlayClient client = treasury.client();
    try {
      Hash hash = Await.of(client.submitAsync(paid.transaction()));
      return client.awaitFinalAsync(hash).thenApply(this::settle);
    } catch (TransactionRejectedException e) {
      if (paid.first()) { // or the one before may be in a block
        rejected(e, paid.transaction().hash());
      }
      throw e;
    }
  }

  /**
   * The chain did not take what was signed: frees what was set aside. After any other failure the
   * transaction may be on its way, and what it can cost stays set aside.
   */
  void rejected(TransactionRejectedException why, Hash transaction) {
    if (why.reason() != RejectionReason.ALREADY_KNOWN) {
      release(transaction);
    }
  }

  /**
   * Frees what the transaction did not cost. Called for all that goes through {@link
   * Account#paidBy} and {@link #send}; for what {@link #pay} signed, call it with the receipt.
   */
  public Receipt settle(Receipt receipt) {
    if (receipt.transaction().tx() instanceof KlaytnTx tx) {
      Amount prepaid = share(tx.feeDelegation(), receipt.gasPrice().times(tx.gas()));
      Amount unused = receipt.gasPrice().times(tx.gas() - receipt.gasUsed());
      ledger.settle(receipt.hash(), prepaid.minus(share(tx.feeDelegation(), unused)));
    }
    return receipt;
  }

  /** Frees all that was set aside for a transaction which will never be in a block. */
  public void release(Hash transaction) {
    ledger.settle(transaction, Amount.ZERO);
  }

  /** The chain rounds down what the fee payer prepays, and what it gets back. */
  private static Amount share(FeeDelegation delegation, Amount fee) {
    BigInteger percent = BigInteger.valueOf(delegation.ratioPercent());
    return Amount.peb(fee.peb().toBigInteger().multiply(percent).divide(BigInteger.valueOf(100)));
  }

  @Override
  public String toString() {
    return "sponsor "
        + address()
        + ", "
        + budgets.perUser()
        + " a user and "
        + budgets.perDay()
        + " in all a day";
  }
}
