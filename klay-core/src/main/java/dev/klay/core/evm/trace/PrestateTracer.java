package dev.klay.core.evm.trace;

import dev.klay.core.evm.Authorization;
import dev.klay.core.evm.BlockContext;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.Delegation;
import dev.klay.core.evm.Step;
import dev.klay.core.evm.Tracer;
import dev.klay.core.evm.TxContext;
import dev.klay.core.evm.TxMessage;
import dev.klay.core.state.StateView;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Notes which accounts and slots a transaction touches, and shows them as they were before it, or
 * with what it changed: geth's {@code prestateTracer}. For one transaction.
 */
public final class PrestateTracer implements Tracer {
  /**
   * What to show.
   *
   * @param emptyAccounts also addresses without an account
   */
  public record Options(boolean code, boolean storage, boolean emptyAccounts) {
    /** Code and storage of what there was. */
    public static final Options DEFAULT = new Options(true, true, false);
  }

  private static final int SLOT_BYTES = 128;

  private final Options options;
  private final StateView before;
  private final boolean delegation;
  private final TraceBudget.Meter meter;
  private final SortedMap<Address, SortedSet<UInt256>> touched = new TreeMap<>();

  /**
   * A tracer of one transaction.
   *
   * @param before the state before the transaction, which stays as it is
   * @param delegation whether accounts may delegate to code (EIP-7702); the target is shown then
   */
  public PrestateTracer(Options options, StateView before, boolean delegation) {
    this(options, before, delegation, TraceBudget.DEFAULT);
  }

  public PrestateTracer(Options options, StateView before, boolean delegation, TraceBudget budget) {
    this.options = options;
    this.before = before;
    this.delegation = delegation;
    this.meter = new TraceBudget.Meter(budget);
  }

  private void touch(Address address) {
    if (!touched.containsKey(address)) {
      meter.spend(before.code(address).bytes().size());
      touched.put(address, new TreeSet<>());
    }
  }

  private void touch(Address address, UInt256 slot) {
    touch(address);
    SortedSet<UInt256> slots = touched.get(address);
    if (slots != null && !slots.contains(slot)) {
      meter.spend(SLOT_BYTES);
      slots.add(slot);
    }
  }

  private void touchCode(Address address, StateView state) {
    touch(address);
    if (delegation) {
      Delegation.target(state.code(address).bytes()).ifPresent(this::touch);
    }
  }

  @Override
  public void onTransactionStart(BlockContext block, TxContext context, TxMessage tx) {
    touch(context.origin());
    touch(context.feePayer());
    touch(block.coinbase());
    for (Authorization authorization : tx.authorizations()) {
      authorization.authority().ifPresent(this::touch);
    }
  }

  @Override
  public void onEnter(CallStart call) {
    if (call.depth() == 0) {
      touchCode(call.to(), before);
    }
  }

  @Override
  public void onStep(Step step) {
    if (step.stackSize() < step.stackNeeded()) {
      return;
    }
    switch (step.mnemonic()) {
      case "SLOAD", "SSTORE" -> touch(step.address(), step.stack(0));
      case "BALANCE", "EXTCODECOPY", "EXTCODEHASH", "EXTCODESIZE", "SELFDESTRUCT" ->
          touch(address(step.stack(0)));
      case "CALL", "CALLCODE", "DELEGATECALL", "STATICCALL" ->
          touchCode(address(step.stack(1)), step.state());
      default -> step.creates().ifPresent(this::touch);
    }
  }

  private static Address address(UInt256 word) {
    byte[] bytes = word.toBytes32();
    return Address.wrap(Arrays.copyOfRange(bytes, bytes.length - Address.SIZE, bytes.length));
  }

  /** The touched accounts before the transaction. */
  public SortedMap<Address, AccountImage> result() {
    SortedMap<Address, AccountImage> result = new TreeMap<>();
    touched.forEach(
        (address, slots) -> {
          AccountImage image = image(address, slots);
          if (options.emptyAccounts() || image.isSomething()) {
            result.put(address, image);
          }
        });
    return result;
  }

  private AccountImage image(Address address, SortedSet<UInt256> slots) {
    SortedMap<UInt256, UInt256> storage = new TreeMap<>();
    if (options.storage()) {
      slots.forEach(slot -> storage.put(slot, before.storage(address, slot)));
    }
    return new AccountImage(
        Optional.of(before.balance(address)),
        Optional.of(before.nonce(address)),
        Optional.of(before.code(address).bytes()),
        storage);
  }

  /**
   * What the transaction changed of what it touched.
   *
   * @param after the state after it, fees settled and what self-destructed removed
   */
  public StateDifference difference(StateView after) {
    SortedMap<Address, AccountImage> old = new TreeMap<>();
    SortedMap<Address, AccountImage> changed = new TreeMap<>();
    touched.forEach((address, slots) -> compare(address, slots, after, old, changed));
    return new StateDifference(old, changed);
  }

  private void compare(
      Address address,
      SortedSet<UInt256> slots,
      StateView after,
      SortedMap<Address, AccountImage> old,
      SortedMap<Address, AccountImage> changed) {
    AccountImage was = image(address, slots);
    if (was.isSomething() && !after.exists(address)) {
      old.put(address, was);
      return;
    }
    SortedMap<UInt256, UInt256> oldSlots = new TreeMap<>();
    SortedMap<UInt256, UInt256> newSlots = new TreeMap<>();
    boolean isChanged = false;
    for (UInt256 slot : was.storage().keySet()) {
      UInt256 oldWord = before.storage(address, slot);
      UInt256 newWord = after.storage(address, slot);
      if (!oldWord.equals(newWord)) {
        isChanged = true;
        putNonZero(oldSlots, slot, oldWord);
        putNonZero(newSlots, slot, newWord);
      }
    }
    AccountImage is = changes(address, after, newSlots);
    isChanged |= is.balance().isPresent() || is.nonce().isPresent() || is.code().isPresent();
    if (isChanged) {
      changed.put(address, is);
      if (options.emptyAccounts() || was.isSomething()) {
        old.put(address, was.withStorage(oldSlots));
      }
    }
  }

  private AccountImage changes(
      Address address, StateView after, SortedMap<UInt256, UInt256> newSlots) {
    Amount balance = after.balance(address);
    long nonce = after.nonce(address);
    Bytes code = after.code(address).bytes();
    return new AccountImage(
        balance.equals(before.balance(address)) ? Optional.empty() : Optional.of(balance),
        nonce == before.nonce(address) ? Optional.empty() : Optional.of(nonce),
        code.equals(before.code(address).bytes()) ? Optional.empty() : Optional.of(code),
        newSlots);
  }

  private static void putNonZero(SortedMap<UInt256, UInt256> slots, UInt256 slot, UInt256 word) {
    if (!word.isZero()) {
      slots.put(slot, word);
    }
  }

  /** What to show. */
  public Options options() {
    return options;
  }
}
