package dev.klay.core.evm.trace;

import dev.klay.core.evm.CallEnd;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.evm.HaltReason;
import dev.klay.core.evm.Step;
import dev.klay.core.evm.Tracer;
import dev.klay.core.evm.TxExecution;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps every opcode of a run: the default of {@code debug_traceTransaction}. For one run. */
public final class StructLogTracer implements Tracer {
  /**
   * What to keep of each opcode.
   *
   * @param limit of opcodes, 0 for none but the budget; the rest runs untold
   */
  public record Options(
      boolean stack, boolean memory, boolean storage, boolean returnData, int limit) {
    /** Geth's: stack and storage. */
    public static final Options DEFAULT = new Options(true, false, true, false, 0);

    /** Klaytn's: stack, memory and storage. */
    public static final Options KLAYTN = new Options(true, true, true, false, 0);

    public Options {
      if (limit < 0) {
        throw new IllegalArgumentException("a limit of " + limit);
      }
    }
  }

  private static final int SLOT_BYTES = 64;

  private final Options options;
  private final TraceBudget.Meter meter;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Address, SortedMap<UInt256, UInt256>> storage = new HashMap<>();

  /** The last opcode of each frame that runs; the bottom is that of the outermost. */
  private final Deque<Optional<Entry>> lastOfFrame = new ArrayDeque<>();

  private @Nullable CallEnd end;
  private long gasUsed = -1;

  public StructLogTracer(Options options) {
    this(options, TraceBudget.DEFAULT);
  }

  public StructLogTracer(Options options, TraceBudget budget) {
    this.options = options;
    this.meter = new TraceBudget.Meter(budget);
  }

  /** An opcode whose cost, and perhaps error, is yet to be told. */
  private static final class Entry {
    final StepLog log;
    final CodePosition position;
    long cost;
    int memorySize;
    Optional<String> error = Optional.empty();

    Entry(StepLog log, CodePosition position) {
      this.log = log;
      this.position = position;
    }

    void pay(long gas, int newMemorySize) {
      cost = gas;
      memorySize = newMemorySize;
    }

    StepLog close() {
      return new StepLog(
          log.pc(),
          log.mnemonic(),
          log.gas(),
          cost,
          log.depth(),
          log.refund(),
          log.stack(),
          log.memory(),
          memorySize,
          log.returnData(),
          log.storage(),
          log.touchesStorage(),
          error,
          log.computationCost(),
          log.computationLeft());
    }
  }

  @Override
  public void onTransactionEnd(TxExecution.Outcome outcome) {
    gasUsed = outcome.gasUsed();
  }

  @Override
  public void onEnter(CallStart call) {
    lastOfFrame.push(Optional.empty());
  }

  @Override
  public void onStep(Step step) {
    lastOfFrame.pop();
    if (options.limit() > 0 && entries.size() >= options.limit()) {
      lastOfFrame.push(Optional.empty());
      return;
    }
    Entry entry = new Entry(log(step), CodePosition.of(step));
    step.halt().ifPresent(reason -> entry.error = Optional.of(text(reason, entry)));
    entries.add(entry);
    lastOfFrame.push(Optional.of(entry));
  }

  private StepLog log(Step step) {
    boolean touches = step.mnemonic().equals("SLOAD") || step.mnemonic().equals("SSTORE");
    if (touches && options.storage()) {
      follow(step);
    }
    SortedMap<UInt256, UInt256> slots =
        storage.getOrDefault(step.address(), Collections.emptySortedMap());
    int stackSize = options.stack() ? step.stackSize() : 0;
    int memorySize = options.memory() ? step.memorySize() : 0;
    int returned = options.returnData() ? step.returnData().size() : 0;
    meter.spend(32L * stackSize + memorySize + returned + (long) SLOT_BYTES * slots.size());
    return new StepLog(
        step.pc(),
        step.mnemonic(),
        step.gas(),
        0,
        step.depth() + 1,
        step.refund(),
        options.stack() ? Optional.of(stack(step)) : Optional.empty(),
        options.memory() ? Optional.of(step.memory()) : Optional.empty(),
        0,
        options.returnData() ? Optional.of(step.returnData()) : Optional.empty(),
        options.storage() ? Optional.of(slots) : Optional.empty(),
        touches,
        Optional.empty(),
        step.computationCost(),
        step.computationLeft());
  }

  private static List<UInt256> stack(Step step) {
    List<UInt256> words = new ArrayList<>(step.stackSize());
    for (int i = step.stackSize() - 1; i >= 0; i--) {
      words.add(step.stack(i));
    }
    return words;
  }

  private void follow(Step step) {
    boolean loads = step.mnemonic().equals("SLOAD");
    if (step.stackSize() < (loads ? 1 : 2)) {
      return;
    }
    UInt256 slot = step.stack(0);
    UInt256 word = loads ? step.state().storage(step.address(), slot) : step.stack(1);
    storage.computeIfAbsent(step.address(), address -> new TreeMap<>()).put(slot, word);
  }

  private static String text(HaltReason reason, Entry entry) {
    return HaltTexts.geth(reason, Optional.of(entry.position));
  }

  @Override
  public void onCost(long gas, int memorySize) {
    Optional<Entry> last = lastOfFrame.peek();
    if (last != null) {
      last.ifPresent(entry -> entry.pay(gas, memorySize));
    }
  }

  @Override
  public void onExit(CallEnd exit) {
    Optional<Entry> last = lastOfFrame.pop();
    exit.halt()
        .filter(StructLogTracer::isOfCharging)
        .ifPresent(
            reason -> last.ifPresent(entry -> entry.error = Optional.of(text(reason, entry))));
    end = exit;
  }

  /** What geth finds before the opcode does anything, and so tells with it. */
  private static boolean isOfCharging(HaltReason reason) {
    return reason == HaltReason.OUT_OF_GAS || reason == HaltReason.REENTRANCY_SENTRY;
  }

  /** The opcodes in their order. */
  public List<StepLog> steps() {
    return entries.stream().map(Entry::close).toList();
  }

  /** What the run returned, or its revert data. */
  public Bytes output() {
    return ended().output();
  }

  /** Whether the run failed. */
  public boolean hasFailed() {
    return ended().status() != ExecutionResult.Status.SUCCESS;
  }

  private CallEnd ended() {
    if (end == null || end.depth() != 0) {
      throw new IllegalStateException("the run is not over");
    }
    return end;
  }

  /** What the transaction used in all; the outermost call if there was no transaction. */
  public long gasUsed() {
    return gasUsed < 0 ? ended().gasUsed() : gasUsed;
  }
}
