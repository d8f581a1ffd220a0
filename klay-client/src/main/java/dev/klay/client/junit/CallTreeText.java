package dev.klay.client.junit;

import dev.klay.client.abi.Abi;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.ExecutionResult.Status;
import dev.klay.core.evm.trace.CallFrame;
import dev.klay.core.evm.trace.RevertReason;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;

/** A call tree for people: a line for each call, indented by depth, failures marked. */
final class CallTreeText {
  private static final int LINES_MAX = 200;
  private static final int BYTES_SHOWN = 68;

  private final KnownContracts contracts;
  private final StringBuilder text = new StringBuilder();
  private int lines;

  CallTreeText(KnownContracts contracts) {
    this.contracts = contracts;
  }

  String of(CallFrame root) {
    text.setLength(0);
    lines = 0;
    write(root, 1);
    return text.toString();
  }

  private void write(CallFrame frame, int depth) {
    if (lines >= LINES_MAX) {
      return;
    }
    line(depth, call(frame));
    frame.calls().forEach(inner -> write(inner, depth + 1));
    if (!frame.isSuccess()) {
      line(depth, "=> " + failure(frame));
    }
  }

  private void line(int depth, String content) {
    lines++;
    text.append("  ".repeat(depth))
        .append(lines == LINES_MAX ? "... more calls are not shown" : content)
        .append(System.lineSeparator());
  }

  private String call(CallFrame frame) {
    CallStart start = frame.start();
    String value = start.value().isZero() ? "" : " value " + Amount.peb(start.value());
    return start.kind()
        + " "
        + start.to()
        + " "
        + function(frame)
        + value
        + " gas "
        + frame.end().gasUsed()
        + " of "
        + start.gas();
  }

  private String function(CallFrame frame) {
    Bytes input = frame.start().input();
    if (frame.isCreation()) {
      return "with " + input.size() + " bytes of init code";
    }
    return contracts
        .at(frame.start().to())
        .flatMap(abi -> named(abi, input))
        .orElseGet(() -> input.isEmpty() ? "()" : shortened(input));
  }

  private static Optional<String> named(Abi abi, Bytes input) {
    return abi.functions().stream()
        .filter(f -> input.size() >= 4 && f.selector().equals(input.slice(0, 4)))
        .findFirst()
        .map(
            f -> {
              try {
                return f.name() + f.decodeCall(input);
              } catch (DecodingException notItsArguments) {
                return f.name() + "(" + shortened(input.slice(4, input.size())) + ")";
              }
            });
  }

  private static String shortened(Bytes bytes) {
    return bytes.size() <= BYTES_SHOWN
        ? bytes.toHex()
        : bytes.slice(0, BYTES_SHOWN).toHex() + "... (" + bytes.size() + " bytes)";
  }

  private String failure(CallFrame frame) {
    if (frame.end().status() != Status.REVERT) {
      return "halted: " + frame.end().halt().map(Enum::name).orElse("unknown");
    }
    Bytes data = frame.end().output();
    Optional<String> custom = contracts.at(frame.start().to()).flatMap(abi -> error(abi, data));
    RevertReason reason = RevertReason.decode(data);
    return "reverted: "
        + custom.orElse(reason.text().isEmpty() ? "no reason given" : reason.text());
  }

  private static Optional<String> error(Abi abi, Bytes data) {
    try {
      return abi.errorOf(data).map(error -> error.name() + error.decode(data));
    } catch (DecodingException notItsArguments) {
      return Optional.empty();
    }
  }
}
