package dev.klay.core.evm.trace;

import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.Tracer;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what contracts print with the {@code console.log} of Hardhat and Foundry: calls of an
 * address that has no code. They cost gas but change nothing, and are printed even if the
 * transaction fails. For one run.
 */
public final class ConsoleTracer implements Tracer {
  /** The text "console.log" as an address. */
  public static final Address CONSOLE = Address.parse("0x000000000000000000636f6e736f6c652e6c6f67");

  /** Lines that are kept; those beyond are counted only. */
  public static final int LINES_MAX = 1_000;

  /** Characters of a line that are kept. */
  public static final int LINE_LENGTH_MAX = 4_096;

  private final List<ConsoleLine> lines = new ArrayList<>();
  private long droppedLines;

  @Override
  public void onEnter(CallStart call) {
    if (!call.to().equals(CONSOLE) || call.depth() == 0 || isNoCall(call)) {
      return;
    }
    if (lines.size() >= LINES_MAX) {
      droppedLines++;
      return;
    }
    String text = ConsoleFormat.text(call.input());
    boolean fits = text.length() <= LINE_LENGTH_MAX;
    lines.add(
        new ConsoleLine(
            call.depth() - 1,
            call.from(),
            fits ? text : text.substring(0, LINE_LENGTH_MAX - 1) + "\u2026"));
  }

  private static boolean isNoCall(CallStart call) {
    return switch (call.kind()) {
      case CREATE, CREATE2, SELFDESTRUCT -> true;
      default -> false;
    };
  }

  /** In the order of printing. */
  public List<ConsoleLine> lines() {
    return List.copyOf(lines);
  }

  /** How many lines there were beyond {@link #LINES_MAX}. */
  public long droppedLines() {
    return droppedLines;
  }
}
