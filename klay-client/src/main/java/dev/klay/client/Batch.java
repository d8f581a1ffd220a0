package dev.klay.client;

import dev.klay.client.BatchReport.Entry;
import dev.klay.core.call.CallRefusedException;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.service.Await;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Many payments of one account, with nonces in a row. */
final class Batch {
  /** Payments of one batch. */
  static final int MAX = 10_000;

  private final KlayClient client;
  private final Address sender;
  private final FeeLimit limit;
  private final Function<NewTransaction, Outgoing> outgoing;

  Batch(
      KlayClient client,
      Address sender,
      FeeLimit limit,
      Function<NewTransaction, Outgoing> outgoing) {
    this.client = client;
    this.sender = sender;
    this.limit = limit;
    this.outgoing = outgoing;
  }

  BatchReport send(List<Payment> payments) {
    if (payments.isEmpty() || payments.size() > MAX) {
      throw new IllegalArgumentException("1 to " + MAX + " payments, not " + payments.size());
    }
    Outgoing.Draft sample = sample(payments);
    Amount fees = sample.feeMax().times(payments.size());
    limit.ensureCovers(fees);
    ensureFunds(payments, sample.isOwnFee() ? fees : Amount.ZERO);
    List<Outgoing.Draft> drafts =
        payments.stream().map(p -> outgoing(p.to(), p.amount()).draft(sample)).toList();
    List<CompletableFuture<Receipt>> sent =
        client.nonces().inLane(sender, nonce -> submit(drafts, nonce));
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < payments.size(); i++) {
      entries.add(entry(payments.get(i), sent.get(i)));
    }
    return new BatchReport(entries);
  }

  /** A transfer of nothing to the first recipient tells the gas of all: they are alike. */
  private Outgoing.Draft sample(List<Payment> payments) {
    try {
      return outgoing(payments.get(0).to(), Amount.ZERO).draft();
    } catch (CallRefusedException e) {
      if (e.reason() == RejectionReason.INSUFFICIENT_FUNDS) { // not even for one fee
        throw new InsufficientFundsException(
            sender, total(payments, Amount.ZERO), client.balance(sender));
      }
      throw e;
    }
  }

  private Outgoing outgoing(Address to, Amount amount) {
    return outgoing.apply((head, fee) -> new ValueTransferTx(head, fee, sender, to, amount));
  }

  private void ensureFunds(List<Payment> payments, Amount fees) {
    Amount needed = total(payments, fees);
    Amount balance = client.balance(sender);
    if (balance.isLessThan(needed)) {
      throw new InsufficientFundsException(sender, needed, balance);
    }
  }

  private static Amount total(List<Payment> payments, Amount fees) {
    return payments.stream().map(Payment::amount).reduce(fees, Amount::plus);
  }

  /** Stops at the first that the chain refuses: those behind it could not happen either. */
  private List<CompletableFuture<Receipt>> submit(List<Outgoing.Draft> drafts, long first) {
    List<CompletableFuture<Receipt>> sent = new ArrayList<>();
    Optional<KlayException> refused = Optional.empty();
    for (int i = 0; i < drafts.size(); i++) {
      if (refused.isEmpty()) {
        refused = submit(drafts.get(i), first + i, sent);
      }
      refused.ifPresent(why -> sent.add(CompletableFuture.failedFuture(why)));
    }
    return sent;
  }

  private Optional<KlayException> submit(
      Outgoing.Draft draft, long nonce, List<CompletableFuture<Receipt>> sent) {
    try {
      sent.add(draft.send(nonce));
      return Optional.empty();
    } catch (TransactionRejectedException e) {
      if (e.reason() == RejectionReason.ACCOUNT_LIMIT && !sent.isEmpty()) {
        // The pool holds so many of one account: when those are final there is room again.
        Await.of(sent.get(sent.size() - 1));
        return submit(draft, nonce, sent);
      }
      return Optional.of(e);
    } catch (KlayException e) {
      return Optional.of(e);
    }
  }

  private static Entry entry(Payment payment, CompletableFuture<Receipt> sent) {
    try {
      return new Entry(payment, Optional.of(Await.of(sent)), Optional.empty());
    } catch (KlayException e) {
      return new Entry(payment, Optional.empty(), Optional.of(e));
    }
  }
}
