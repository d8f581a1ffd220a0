package dev.klay.client.contract;

import dev.klay.client.Account;
import dev.klay.client.KlayClient;
import dev.klay.client.Reverted;
import dev.klay.client.abi.Abi;
import dev.klay.client.abi.AbiEvent;
import dev.klay.client.abi.AbiFunction;
import dev.klay.client.abi.AbiTuple;
import dev.klay.client.abi.DecodedLog;
import dev.klay.core.call.Call;
import dev.klay.core.service.Await;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.DeployTx;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A contract on a chain, by its ABI. Immutable and safe for any thread.
 *
 * <pre>{@code
 * Contract shop = Contract.deploy(owner, ContractCode.resource(Main.class, "Shop"), "Corner shop");
 * Amount price = shop.call("priceOf", 7).amount(0);
 * Receipt bought = shop.by(buyer).paying(price).send("buy", 7);
 * }</pre>
 */
public final class Contract {
  private final KlayClient client;
  private final Address address;
  private final Abi abi;
  private final Optional<Account> sender;
  private final Amount value;
  private final BlockRef block;

  private Contract(
      KlayClient client,
      Address address,
      Abi abi,
      Optional<Account> sender,
      Amount value,
      BlockRef block) {
    this.client = client;
    this.address = address;
    this.abi = abi;
    this.sender = sender;
    this.value = value;
    this.block = block;
  }

  /** A contract that is there already; nothing is asked. */
  public static Contract at(KlayClient client, Address address, Abi abi) {
    return new Contract(client, address, abi, Optional.empty(), Amount.ZERO, BlockRef.LATEST);
  }

  /** A contract that is there already, called and sent to by this account. */
  public static Contract at(Account sender, Address address, Abi abi) {
    return at(sender.client(), address, abi).by(sender);
  }

  /**
   * Creates a contract and waits until it is final.
   *
   * @return sent to by the same account
   * @throws Reverted if its constructor refuses; without a receipt nothing was sent
   */
  public static Contract deploy(Account sender, ContractCode code, Object... arguments) {
    return deploy(sender, Amount.ZERO, code, arguments);
  }

  /** Creates a contract that owns this amount from the start; see the other. */
  public static Contract deploy(
      Account sender, Amount value, ContractCode code, Object... arguments) {
    Bytes initCode = code.abi().encodeCreation(code.initCode(), arguments);
    Receipt created;
    try {
      created =
          sender.send(
              (head, fee) ->
                  new DeployTx(
                      head, fee, sender.address(), Optional.empty(), value, initCode, false, 0));
    } catch (Reverted e) {
      throw e.with(code.abi());
    }
    return at(sender, created.contract().orElseThrow(), code.abi());
  }

  public Address address() {
    return address;
  }

  public Abi abi() {
    return abi;
  }

  public KlayClient client() {
    return client;
  }

  /** The same contract, called and sent to by this account. */
  public Contract by(Account account) {
    return new Contract(client, address, abi, Optional.of(account), value, block);
  }

  /** The same contract, sent this amount along with each call. */
  public Contract paying(Amount amount) {
    return new Contract(client, address, abi, sender, amount, block);
  }

  /** The same contract, called on the state after this block. */
  public Contract asOf(BlockRef ref) {
    return new Contract(client, address, abi, sender, value, ref);
  }

  /**
   * Calls a function without a transaction: nothing changes, nothing is paid. Of a function that
   * would change something it tells the result.
   *
   * @param function name, or signature where there are several of the name
   * @throws Reverted if the contract refuses, with its own errors decoded
   * @throws dev.klay.crypto.DecodingException if the answer is no such result
   */
  public AbiTuple call(String function, Object... arguments) {
    return Await.of(callAsync(function, arguments));
  }

  /** See {@link #call}. */
  public CompletableFuture<AbiTuple> callAsync(String function, Object... arguments) {
    return callAsync(abi.function(function), List.of(arguments));
  }

  CompletableFuture<AbiTuple> callAsync(AbiFunction function, List<?> arguments) {
    Call call =
        Call.to(address)
            .from(sender.map(Account::address).orElse(Address.ZERO))
            .value(value)
            .input(function.encodeArguments(arguments))
            .build();
    return understood(client.callAsync(call, block).thenApply(function::decodeResult));
  }

  /**
   * Sends a transaction that calls a function, and waits until it is final. It is tried first.
   *
   * @param function name, or signature where there are several of the name
   * @throws Reverted if the contract refuses, with its own errors decoded; without a receipt
   *     nothing was sent
   * @throws IllegalStateException if nobody sends: see {@link #by}
   */
  public Receipt send(String function, Object... arguments) {
    return Await.of(sendAsync(function, arguments));
  }

  /** See {@link #send}; the transaction is in the pool when this returns. */
  public CompletableFuture<Receipt> sendAsync(String function, Object... arguments) {
    return sendAsync(abi.function(function), List.of(arguments));
  }

  CompletableFuture<Receipt> sendAsync(AbiFunction function, List<?> arguments) {
    Account account =
        sender.orElseThrow(
            () -> new IllegalStateException("nobody sends to " + address + ": use by(account)"));
    Bytes input = function.encodeArguments(arguments);
    try {
      return understood(
          account.sendAsync(
              (head, fee) -> new ExecutionTx(head, fee, account.address(), address, value, input)));
    } catch (Reverted e) {
      throw e.with(abi);
    }
  }

  /** What the contract reported in a transaction; logs of other contracts are left out. */
  public List<DecodedLog> events(Receipt receipt) {
    return receipt.logs().stream()
        .filter(log -> log.address().equals(address))
        .flatMap(log -> abi.decode(log).stream())
        .toList();
  }

  /**
   * Asks for events of this contract, past and future.
   *
   * @param names or signatures; none for all events of the ABI
   */
  public EventQuery events(String... names) {
    List<AbiEvent> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(abi.event(name));
    }
    return EventQuery.of(client, address, names.length == 0 ? abi.events() : wanted);
  }

  /**
   * The contract as a Java interface; see {@link ContractAbi}.
   *
   * @throws IllegalArgumentException naming the method that is no function of the ABI
   */
  public <T> T as(Class<T> type) {
    return ContractProxy.of(type, this);
  }

  private <T> CompletableFuture<T> understood(CompletableFuture<T> future) {
    return future.exceptionallyCompose(
        failure -> {
          Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
          return CompletableFuture.failedFuture(
              cause instanceof Reverted reverted ? reverted.with(abi) : failure);
        });
  }

  @Override
  public String toString() {
    return "contract " + address;
  }
}
