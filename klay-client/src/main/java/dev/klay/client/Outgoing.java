package dev.klay.client;

import dev.klay.client.signer.KeyRing;
import dev.klay.core.call.Call;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.service.Await;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** One transaction on its way: priced, limited, signed by all who must, handed to the chain. */
final class Outgoing {
  /**
   * Added to what a call needs now, for the state may be another in its block; only used is paid.
   */
  private static final int MARGIN_PERCENT = 20;

  private final KlayClient client;
  private final Address address;
  private final KeyRing keys;
  private final Account.Terms terms;
  private final NewTransaction tx;
  private long gas;
  private Optional<Long> nonce = Optional.empty();

  Outgoing(
      KlayClient client, Address address, KeyRing keys, Account.Terms terms, NewTransaction tx) {
    this.client = client;
    this.address = address;
    this.keys = keys;
    this.terms = terms;
    this.tx = tx;
  }

  /** Sets the limit; 0 to have it estimated. */
  Outgoing gas(long limit) {
    gas = limit;
    return this;
  }

  /** Takes this nonce rather than the next. */
  Outgoing nonce(long fixed) {
    nonce = Optional.of(fixed);
    return this;
  }

  Hash submit() {
    return inLane(draft()::submit);
  }

  CompletableFuture<Receipt> send() {
    return inLane(draft()::send);
  }

  private <T> T inLane(LongFunction<T> work) {
    return nonce.isPresent()
        ? work.apply(nonce.orElseThrow())
        : client.nonces().inLane(address, work);
  }

  /** Price and limit are known and within the user's limit. */
  Draft draft() {
    Amount price = client.gasPrice();
    long limit = gas == 0 ? estimate(price) : gas;
    terms.limit().ensureCovers(price.times(limit));
    return new Draft(price, limit);
  }

  /** The same price and limit as another's. */
  Draft draft(Draft alike) {
    return new Draft(alike.price, alike.limit);
  }

  long estimate(Amount price) {
    Tx trial = trial(price);
    Optional<Address> payer =
        trial.type().isFeeDelegated() ? terms.sponsor().map(Sponsor::address) : Optional.empty();
    if (trial.type().isFeeDelegated() && payer.isEmpty()) {
      trial = trial(Amount.ZERO); // somebody will pay, and need not be this account
    }
    Call call = new Call(trial, address, payer);
    GasEstimate estimate = client.estimateGas(call);
    if (estimate instanceof GasEstimate.Failing failing) {
      throw Reverted.of(failing.result());
    }
    long enough = ((GasEstimate.Sufficient) estimate).gas();
    return runsCode(trial) ? enough + enough * MARGIN_PERCENT / 100 : enough;
  }

  private Tx trial(Amount price) {
    return tx.with(new TxHead(0, price, 0), terms.delegation());
  }

  private static boolean runsCode(Tx trial) {
    return trial instanceof ExecutionTx || trial.type().isEthereum() && !trial.input().isEmpty();
  }

  /** Only the nonce is missing. */
  final class Draft {
    private final Amount price;
    private final long limit;

    Draft(Amount price, long limit) {
      this.price = price;
      this.limit = limit;
    }

    Amount feeMax() {
      return price.times(limit);
    }

    /** Whether the sender pays the fee, all or a part of it. */
    boolean isOwnFee() {
      return terms.delegation().ratioPercent() != 100;
    }

    CompletableFuture<Receipt> send(long nonce) {
      CompletableFuture<Receipt> receipt = client.awaitFinalAsync(submit(nonce));
      return terms.sponsor().isEmpty()
          ? receipt
          : receipt.thenApply(terms.sponsor().orElseThrow()::settle);
    }

    /** Signs and submits; what a sponsor set aside is given back if the chain does not take it. */
    Hash submit(long nonce) {
      SignedTx signed = sign(tx.with(new TxHead(nonce, price, limit), terms.delegation()));
      try {
        return Await.of(client.submitAsync(signed));
      } catch (TransactionRejectedException e) {
        terms.sponsor().ifPresent(sponsor -> sponsor.rejected(e, signed.hash()));
        throw e;
      }
    }

    private SignedTx sign(Tx complete) {
      long chainId = client.info().chainId();
      if (!(complete instanceof KlaytnTx klaytn)) {
        if (terms.sponsor().isPresent()) {
          throw new IllegalArgumentException(complete.type().label() + " has no fee payer");
        }
        return Signing.ethereum(complete, chainId, keys);
      }
      PartialTx signed = Signing.asSender(PartialTx.of(klaytn), chainId, keys);
      return terms.sponsor().isPresent()
          ? terms.sponsor().orElseThrow().pay(signed)
          : signed.complete();
    }
  }
}
