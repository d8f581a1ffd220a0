package dev.klay.client;

import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * An address with the key that signs for it, bound to a client. Safe for any thread: nonces follow
 * each other in the order of the calls.
 */
public final class Account {
  private static final long TRANSFER_GAS = 21_000;
  private static final long MEMO_BYTE_GAS = 100;

  private final KlayClient client;
  private final Address address;
  private final PrivateKey key;

  Account(KlayClient client, Address address, PrivateKey key) {
    this.client = client;
    this.address = address;
    this.key = key;
  }

  public Address address() {
    return address;
  }

  public Amount balance() {
    return client.balance(address);
  }

  /** Number of final transactions that this account has sent. */
  public long nonce() {
    return client.nonce(address);
  }

  /**
   * Moves an amount and waits until that is final.
   *
   * @throws dev.klay.core.service.TransactionRejectedException if the chain does not take it
   * @throws NotFinalException if it is not final within a minute
   */
  public Receipt send(Address to, Amount amount) {
    return send(to, amount, FeeLimit.NONE);
  }

  /**
   * Moves an amount if the fee is within the limit.
   *
   * @throws FeeLimitExceededException if it is not; nothing was sent
   */
  public Receipt send(Address to, Amount amount, FeeLimit limit) {
    return client.awaitFinal(submit(to, amount, limit));
  }

  /** See {@link #send(Address, Amount)}; the transaction is in the pool when this returns. */
  public CompletableFuture<Receipt> sendAsync(Address to, Amount amount) {
    return client.awaitFinalAsync(submit(to, amount, FeeLimit.NONE));
  }

  /** Moves an amount with data that stands in the block for everybody to read. */
  public Receipt sendMemo(Address to, Amount amount, Bytes memo, FeeLimit limit) {
    long gas = TRANSFER_GAS + MEMO_BYTE_GAS * memo.size();
    return client.awaitFinal(
        submit(
            gas, limit, head -> new MemoTx(head, FeeDelegation.NONE, address, to, amount, memo)));
  }

  /** Hands the transfer to the chain and does not wait for a block; its hash. */
  public Hash submit(Address to, Amount amount, FeeLimit limit) {
    return submit(
        TRANSFER_GAS,
        limit,
        head -> new ValueTransferTx(head, FeeDelegation.NONE, address, to, amount));
  }

  private Hash submit(long gas, FeeLimit limit, Function<TxHead, Tx> making) {
    Amount price = client.gasPrice();
    limit.ensureCovers(price.times(gas));
    long chainId = client.info().chainId();
    return client
        .nonces()
        .submit(
            address,
            nonce -> SignedTx.sign(making.apply(new TxHead(nonce, price, gas)), chainId, key));
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
