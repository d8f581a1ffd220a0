package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Looks at all there is to see, and asserts what must hold at every step: frames are in order, gas
 * and stack are in their bounds, and memory is no larger than what the frame has paid for.
 */
final class WatchingTracer implements Tracer {
  private final Deque<CallStart> open = new ArrayDeque<>();
  private long steps;
  private long digest;

  @Override
  public void onEnter(CallStart call) {
    assertThat(call.gas()).isNotNegative();
    assertThat(call.depth()).isEqualTo(open.size());
    open.push(call);
    digest = 31 * digest + call.hashCode();
  }

  @Override
  public void onStep(Step step) {
    steps++;
    CallStart frame = open.element();
    long words = step.memorySize() / 32;
    boolean inBounds =
        step.depth() == frame.depth()
            && step.gas() >= 0
            && step.gas() <= frame.gas()
            && step.stackSize() <= Opcodes.STACK_MAX
            && 3 * words + words * words / 512 <= frame.gas() - step.gas();
    if (!inBounds) { // asserted by hand: there are millions of steps
      throw new AssertionError(
          step.mnemonic()
              + " at "
              + step.pc()
              + " with "
              + words
              + " words of memory and "
              + step.gas()
              + " gas in "
              + frame);
    }
    look(step);
  }

  private void look(Step step) {
    long seen = step.pc() + step.opcode() + step.price() + step.refund();
    for (int i = 0; i < Math.min(8, step.stackSize()); i++) {
      seen = 31 * seen + step.stack(i).hashCode();
    }
    if (steps % 16 == 0) {
      seen += step.memory().hashCode() + step.returnData().hashCode();
    }
    seen += step.mnemonic().hashCode() + step.caller().hashCode();
    seen += step.state().balance(step.address()).hashCode();
    digest = 31 * digest + seen;
  }

  @Override
  public void onExit(CallEnd end) {
    CallStart start = open.pop();
    assertThat(end.depth()).isEqualTo(start.depth());
    assertThat(end.gasUsed()).isBetween(0L, start.gas());
    digest = 31 * digest + end.output().hashCode();
  }

  /** Of all that was seen. */
  long digest() {
    return digest;
  }

  long steps() {
    return steps;
  }

  boolean isBalanced() {
    return open.isEmpty();
  }
}
