package dev.klay.core.evm.trace;

import dev.klay.core.evm.BlockContext;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.Step;
import dev.klay.core.evm.Tracer;
import dev.klay.core.evm.TxContext;
import dev.klay.core.evm.TxMessage;
import dev.klay.core.state.StateView;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Klaytn v1.12's {@code prestateTracer} answers, which is not quite the state before the
 * transaction: it looks at accounts when opcodes first name them, and at the sender when all is
 * over, then puts the value back but not the fee. For clients of that interface only; the truth is
 * told by {@link PrestateTracer}. For one transaction.
 */
public final class KlaytnPrestateTracer implements Tracer {
  private static final int SLOT_BYTES = 128;

  private final TraceBudget.Meter meter;
  private final SortedMap<Address, AccountImage> images = new TreeMap<>();
  private @Nullable CallStart outermost;
  private Address sender = Address.ZERO;
  private boolean hasStepped;

  public KlaytnPrestateTracer() {
    this(TraceBudget.DEFAULT);
  }

  public KlaytnPrestateTracer(TraceBudget budget) {
    this.meter = new TraceBudget.Meter(budget);
  }

  @Override
  public void onTransactionStart(BlockContext block, TxContext context, TxMessage tx) {
    sender = tx.message().from();
  }

  @Override
  public void onEnter(CallStart call) {
    if (call.depth() == 0) {
      outermost = call;
    }
  }

  @Override
  public void onStep(Step step) {
    StateView state = step.state();
    if (!hasStepped) {
      hasStepped = true;
      look(step.address(), state);
    }
    if (step.halt().isPresent() || step.stackSize() < step.stackNeeded()) {
      return;
    }
    switch (step.mnemonic()) {
      case "SLOAD", "SSTORE" -> look(step.address(), step.stack(0), state);
      case "EXTCODECOPY", "EXTCODESIZE", "BALANCE" -> look(address(step.stack(0)), state);
      case "CALL", "CALLCODE", "DELEGATECALL", "STATICCALL" -> look(address(step.stack(1)), state);
      default -> step.creates().ifPresent(created -> look(created, state));
    }
  }

  private static Address address(UInt256 word) {
    byte[] bytes = word.toBytes32();
    return Address.wrap(Arrays.copyOfRange(bytes, bytes.length - Address.SIZE, bytes.length));
  }

  private void look(Address address, StateView state) {
    put(
        address,
        new AccountImage(
            Optional.of(state.balance(address)),
            Optional.of(state.nonce(address)),
            Optional.of(state.code(address).bytes()),
            new TreeMap<>()));
  }

  private void put(Address address, AccountImage image) {
    if (!images.containsKey(address)) {
      meter.spend(image.code().map(Bytes::size).orElse(0));
      images.put(address, image);
    }
  }

  private void look(Address address, UInt256 slot, StateView state) {
    look(address, state);
    AccountImage image = images.get(address);
    if (image != null && !image.storage().containsKey(slot)) {
      meter.spend(SLOT_BYTES);
      SortedMap<UInt256, UInt256> slots = new TreeMap<>(image.storage());
      slots.put(slot, state.storage(address, slot));
      images.put(address, image.withStorage(slots));
    }
  }

  /**
   * The accounts as Klaytn tells them.
   *
   * @param after the state after the transaction, fees settled
   */
  public SortedMap<Address, AccountImage> result(StateView after) {
    if (outermost == null) {
      throw new IllegalStateException("nothing was run");
    }
    look(sender, after);
    SortedMap<Address, AccountImage> result = new TreeMap<>(images);
    BigInteger value = outermost.value().toBigInteger();
    boolean isCreation = outermost.kind() == CallStart.Kind.CREATE;
    result.computeIfPresent(outermost.to(), (to, image) -> image.plus(value.negate()));
    result.computeIfPresent(sender, (from, image) -> image.plus(value).withNonceBefore());
    if (isCreation) {
      result.remove(outermost.to());
    }
    return result;
  }
}
