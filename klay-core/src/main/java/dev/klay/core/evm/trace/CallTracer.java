package dev.klay.core.evm.trace;

import dev.klay.core.block.Log;
import dev.klay.core.evm.BlockContext;
import dev.klay.core.evm.CallEnd;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.ExecutionResult.Status;
import dev.klay.core.evm.Step;
import dev.klay.core.evm.Tracer;
import dev.klay.core.evm.TxContext;
import dev.klay.core.evm.TxExecution;
import dev.klay.core.evm.TxMessage;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the calls of a run as a tree, as geth's {@code callTracer} does. For one run. */
public final class CallTracer implements Tracer {
  /**
   * What to keep.
   *
   * @param onlyTopCall not the calls within
   * @param withLog logs, too
   * @param withWindows the {@linkplain CallFrame#window() memory} that takes a call's output
   */
  public record Options(boolean onlyTopCall, boolean withLog, boolean withWindows) {
    /** All calls, no logs. */
    public static final Options DEFAULT = new Options(false, false, false);
  }

  private final Options options;
  private final TraceBudget.Meter meter;
  private final Deque<Open> open = new ArrayDeque<>();

  /** How many logs there were when each frame that runs started, kept or not. */
  private final Deque<Integer> logsBefore = new ArrayDeque<>();

  private int logCount;
  private Window window = Window.NONE;
  private @Nullable Open awaiting;
  private @Nullable Open root;
  private long gasLimit = -1;
  private long gasUsed = -1;

  public CallTracer(Options options) {
    this(options, TraceBudget.DEFAULT);
  }

  public CallTracer(Options options, TraceBudget budget) {
    this.options = options;
    this.meter = new TraceBudget.Meter(budget);
  }

  /** Where in its memory a caller wants the output. */
  private record Window(long offset, int length) {
    static final Window NONE = new Window(0, 0);
  }

  /** A call that is not over, or is not yet known as a value. */
  private static final class Open {
    final CallStart start;
    final Window window;
    final List<Open> calls = new ArrayList<>();
    final List<CallFrame.CallLog> logs = new ArrayList<>();
    @Nullable CallEnd end;
    @Nullable CodePosition halted;
    @Nullable Bytes output;
    boolean ranCode;

    Open(CallStart start, Window window) {
      this.start = start;
      this.window = window;
    }

    CallFrame close(boolean isUndone) {
      if (end == null) {
        throw new IllegalStateException("the call of " + start.to() + " is not over");
      }
      boolean undone = isUndone || end.status() != Status.SUCCESS;
      return new CallFrame(
          start,
          end,
          Optional.ofNullable(halted),
          ranCode,
          Optional.ofNullable(output),
          calls.stream().map(call -> call.close(undone)).toList(),
          undone ? List.of() : logs);
    }
  }

  @Override
  public void onTransactionStart(BlockContext block, TxContext context, TxMessage tx) {
    gasLimit = tx.message().gas();
  }

  @Override
  public void onTransactionEnd(TxExecution.Outcome outcome) {
    gasUsed = outcome.gasUsed();
  }

  @Override
  public void onStep(Step step) {
    Open frame = open.peek();
    if (frame == null || options.onlyTopCall() && step.depth() > 0) {
      return;
    }
    frame.ranCode = true;
    if (step.halt().isPresent()) {
      frame.halted = CodePosition.of(step);
    }
    if (options.withWindows()) {
      followWindows(step);
    }
  }

  private void followWindows(Step step) {
    if (awaiting != null) {
      if (awaiting.start.depth() == step.depth() + 1) {
        meter.spend(awaiting.window.length());
        awaiting.output = step.memory(awaiting.window.offset(), awaiting.window.length());
      }
      awaiting = null;
    }
    window = windowOf(step);
  }

  private static Window windowOf(Step step) {
    int size =
        switch (step.mnemonic()) {
          case "CALL", "CALLCODE" -> 7;
          case "DELEGATECALL", "STATICCALL" -> 6;
          default -> 0;
        };
    if (size == 0 || step.stackSize() < size) {
      return Window.NONE;
    }
    UInt256 offset = step.stack(size - 2);
    UInt256 length = step.stack(size - 1);
    return length.fitsLong() && length.toLong() <= Integer.MAX_VALUE && offset.fitsLong()
        ? new Window(offset.toLong(), (int) length.toLong())
        : Window.NONE;
  }

  @Override
  public void onLog(Log log) {
    Open frame = open.peek();
    if (options.withLog() && frame != null && open.size() == logsBefore.size()) {
      meter.spend(log.data().size() + 32L * log.topics().size());
      frame.logs.add(new CallFrame.CallLog(log, logCount, frame.calls.size()));
    }
    logCount++;
  }

  @Override
  public void onEnter(CallStart call) {
    logsBefore.push(logCount);
    if (options.onlyTopCall() && call.depth() > 0) {
      return;
    }
    meter.spend(call.input().size());
    Open frame = new Open(call, window);
    window = Window.NONE;
    Open caller = open.peek();
    if (caller == null) {
      root = frame;
    } else {
      caller.calls.add(frame);
    }
    open.push(frame);
  }

  @Override
  public void onExit(CallEnd end) {
    int before = logsBefore.pop();
    if (end.status() != Status.SUCCESS) {
      logCount = before;
    }
    if (options.onlyTopCall() && end.depth() > 0) {
      return;
    }
    meter.spend(end.output().size());
    Open frame = open.pop();
    frame.end = end;
    awaiting = frame;
  }

  /**
   * The outermost call.
   *
   * @throws IllegalStateException if it is not over
   */
  public CallFrame result() {
    if (root == null) {
      throw new IllegalStateException("nothing was run");
    }
    return root.close(false);
  }

  /** The gas limit of the transaction; of the outermost call if there was no transaction. */
  public long gasLimit() {
    return gasLimit < 0 ? result().start().gas() : gasLimit;
  }

  /** What the transaction used in all; the outermost call if there was no transaction. */
  public long gasUsed() {
    return gasUsed < 0 ? result().end().gasUsed() : gasUsed;
  }
}
