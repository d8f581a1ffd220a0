package dev.klay.client;

import dev.klay.client.signer.KeyRing;
import dev.klay.client.signer.Signer;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.Role;
import dev.klay.core.service.Await;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.DeployTx;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An address with what signs for it, bound to a client. Immutable and safe for any thread: nonces
 * follow each other in the order of the calls.
 *
 * <pre>{@code
 * Receipt paid = account.send(friend, Amount.klay("1.5"));
 * Receipt free = account.paidBy(sponsor).send(friend, Amount.klay("0.01"));
 * }</pre>
 */
public final class Account {
  private static final long TRANSFER_GAS = 21_000;
  private static final long MEMO_BYTE_GAS = 100;
  private static final int FULL = 100;

  private final KlayClient client;
  private final Address address;
  private final KeyRing keys;
  private final Terms terms;

  /** Who pays, and how much at most. */
  record Terms(FeeLimit limit, Optional<Sponsor> sponsor, int percent) {
    static final Terms OWN = new Terms(FeeLimit.NONE, Optional.empty(), 0);

    FeeDelegation delegation() {
      return percent == 0
          ? FeeDelegation.NONE
          : percent == FULL ? FeeDelegation.FULL : FeeDelegation.ratio(percent);
    }
  }

  Account(KlayClient client, Address address, KeyRing keys) {
    this(client, address, keys, Terms.OWN);
  }

  private Account(KlayClient client, Address address, KeyRing keys, Terms terms) {
    this.client = client;
    this.address = address;
    this.keys = keys;
    this.terms = terms;
  }

  public Address address() {
    return address;
  }

  public KlayClient client() {
    return client;
  }

  public Amount balance() {
    return client.balance(address);
  }

  /** Number of final transactions that this account has sent. */
  public long nonce() {
    return client.nonce(address);
  }

  /** The same account, whose fees somebody else pays. */
  public Account paidBy(Sponsor sponsor) {
    return new Account(client, address, keys, new Terms(terms.limit, Optional.of(sponsor), FULL));
  }

  /**
   * The same account, of whose fees somebody else pays a part, rounded down.
   *
   * @param percent 1 to 99
   * @throws IllegalArgumentException if it is not
   */
  public Account paidBy(Sponsor sponsor, int percent) {
    return new Account(
        client,
        address,
        keys,
        new Terms(terms.limit, Optional.of(sponsor), FeeDelegation.ratio(percent).ratioPercent()));
  }

  /** The same account, which sends nothing that can cost more than this. */
  public Account withFeeLimit(FeeLimit limit) {
    return new Account(client, address, keys, new Terms(limit, terms.sponsor, terms.percent));
  }

  /**
   * Moves an amount and waits until that is final.
   *
   * @throws dev.klay.core.service.TransactionRejectedException if the chain does not take it
   * @throws NotFinalException if it is not final within a minute
   */
  public Receipt send(Address to, Amount amount) {
    return Await.of(sendAsync(to, amount));
  }

  /**
   * Moves an amount if the fee is within the limit.
   *
   * @throws FeeLimitExceededException if it is not; nothing was sent
   */
  public Receipt send(Address to, Amount amount, FeeLimit limit) {
    return withFeeLimit(limit).send(to, amount);
  }

  /** See {@link #send(Address, Amount)}; the transaction is in the pool when this returns. */
  public CompletableFuture<Receipt> sendAsync(Address to, Amount amount) {
    return outgoing(transfer(to, amount)).gas(transferGas(TRANSFER_GAS)).send();
  }

  /** Hands the transfer to the chain and does not wait for a block; its hash. */
  public Hash submit(Address to, Amount amount, FeeLimit limit) {
    return withFeeLimit(limit)
        .outgoing(transfer(to, amount))
        .gas(transferGas(TRANSFER_GAS))
        .submit();
  }

  /** Moves an amount with data that stands in the block for everybody to read. */
  public Receipt sendMemo(Address to, Amount amount, Bytes memo, FeeLimit limit) {
    NewTransaction tx = (head, fee) -> new MemoTx(head, fee, address, to, amount, memo);
    long gas = transferGas(TRANSFER_GAS + MEMO_BYTE_GAS * memo.size());
    return Await.of(withFeeLimit(limit).outgoing(tx).gas(gas).send());
  }

  /** More signatures cost more gas; then the chain is asked. */
  private long transferGas(long gas) {
    boolean plain = keys.signers(Role.TRANSACTION).size() == 1 && terms.sponsor.isEmpty();
    return plain ? gas : 0;
  }

  private NewTransaction transfer(Address to, Amount amount) {
    return (head, fee) -> new ValueTransferTx(head, fee, address, to, amount);
  }

  /**
   * Makes all of these payments, with nonces in a row. Either all are made, or the report says
   * which were not.
   *
   * @throws InsufficientFundsException if the account cannot pay for all; nothing was sent
   */
  public BatchReport sendAll(List<Payment> payments) {
    return new Batch(client, address, terms.limit, this::outgoing).send(payments);
  }

  /**
   * Sends a transaction of any kind and waits until it is final. It is tried first, which tells the
   * gas it needs.
   *
   * @throws Reverted if a contract refuses it; without a receipt nothing was sent
   */
  public Receipt send(NewTransaction tx) {
    return Await.of(sendAsync(tx));
  }

  /** See {@link #send(NewTransaction)}; the transaction is in the pool when this returns. */
  public CompletableFuture<Receipt> sendAsync(NewTransaction tx) {
    return outgoing(tx).send().thenCompose(this::ensureSuccess);
  }

  /**
   * Sends a transaction of any kind with this gas limit, without trying it first.
   *
   * @throws Reverted with the receipt if a contract refuses it: the fee is paid
   */
  public Receipt send(long gas, NewTransaction tx) {
    return Await.of(outgoing(tx).gas(gas).send().thenCompose(this::ensureSuccess));
  }

  private CompletableFuture<Receipt> ensureSuccess(Receipt receipt) {
    return receipt.isSuccess()
        ? CompletableFuture.completedFuture(receipt)
        : client.failureOf(receipt).thenCompose(CompletableFuture::failedFuture);
  }

  /**
   * Calls a contract by a transaction.
   *
   * @param input calldata
   */
  public Receipt execute(Address contract, Amount value, Bytes input) {
    return Await.of(executeAsync(contract, value, input));
  }

  /** See {@link #execute}. */
  public CompletableFuture<Receipt> executeAsync(Address contract, Amount value, Bytes input) {
    return sendAsync((head, fee) -> new ExecutionTx(head, fee, address, contract, value, input));
  }

  /**
   * Creates a contract; its address is {@link Receipt#contract}.
   *
   * @param initCode with the constructor's arguments behind it
   */
  public Receipt deploy(Bytes initCode, Amount value) {
    return send(
        (head, fee) ->
            new DeployTx(head, fee, address, Optional.empty(), value, initCode, false, 0));
  }

  /** Gives this account another key; from then on use an account with what signs for that. */
  public Receipt updateKey(AccountKey key) {
    return send((head, fee) -> new AccountUpdateTx(head, fee, address, key));
  }

  /** Keeps data of another chain in this one. */
  public Receipt anchor(Bytes data) {
    return send((head, fee) -> new AnchoringTx(head, fee, address, data));
  }

  /**
   * Uses up the nonce of a transaction that waits in the pool, so that it never happens; too late
   * if it is final.
   */
  public Receipt cancel(long nonce) {
    return Await.of(outgoing((head, fee) -> new CancelTx(head, fee, address)).nonce(nonce).send());
  }

  /**
   * Signs a transaction whose fee somebody else is to pay, and does not send it: give {@link
   * PartialTx#encode} to that party, whose {@link Sponsor#send} does the rest. The nonce is the
   * next one now.
   */
  public PartialTx offer(NewTransaction tx) {
    return offer(FULL, tx);
  }

  /**
   * The same where the other pays a part of the fee.
   *
   * @param percent 1 to 100
   */
  public PartialTx offer(int percent, NewTransaction tx) {
    Terms shared = new Terms(terms.limit, Optional.empty(), percent);
    Amount price = client.gasPrice();
    long gas = new Outgoing(client, address, keys, shared, tx).estimate(price);
    long nonce = Await.of(client.service().nonce(address, BlockRef.PENDING));
    if (tx.with(new TxHead(nonce, price, gas), shared.delegation()) instanceof KlaytnTx klaytn) {
      return sign(PartialTx.of(klaytn));
    }
    throw new IllegalArgumentException("nobody else can pay for a transaction of Ethereum's");
  }

  /** Adds this account's signatures as the sender. */
  public PartialTx sign(PartialTx tx) {
    return Signing.asSender(tx, client.info().chainId(), keys);
  }

  /**
   * Adds this account's signatures as the fee payer. Nobody counts what that costs; a {@link
   * Sponsor} does.
   */
  public PartialTx signAsFeePayer(PartialTx tx) {
    return Signing.asFeePayer(tx, client.info().chainId(), address, keys);
  }

  /** What signs for a role. */
  public List<Signer> signers(Role role) {
    return keys.signers(role);
  }

  private Outgoing outgoing(NewTransaction tx) {
    return new Outgoing(client, address, keys, terms, tx);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
