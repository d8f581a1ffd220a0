package dev.klay.core.evm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.evm.CallStart;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import dev.klay.crypto.primitive.UInt256;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ConsoleTracerTest {
  private static final Address CONTRACT =
      Address.parse("0x00000000000000000000000000000000000c0de0");

  /** Selectors as compilers make them. */
  private static final String LOG_STRING = "0x41304fac";

  private static final String LOG_UINT256 = "0xf82c50f1";
  private static final String LOG_UINT = "0xf5b1bba9";
  private static final String LOG_STRING_UINT256 = "0xb60e72cc";

  private final ConsoleTracer tracer = new ConsoleTracer();

  private void call(Address to, String input) {
    tracer.onEnter(
        new CallStart(
            CallStart.Kind.STATICCALL,
            1,
            CONTRACT,
            to,
            UInt256.ZERO,
            Bytes.fromHex(input),
            1000,
            false));
  }

  private String print(String input) {
    call(ConsoleTracer.CONSOLE, input);
    return tracer.lines().get(tracer.lines().size() - 1).text();
  }

  private static String word(long value) {
    return String.format("%064x", value);
  }

  private static String string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int padding = (32 - bytes.length % 32) % 32;
    return word(bytes.length) + Hex.encode(bytes) + "00".repeat(padding);
  }

  @Test
  void printsWhatContractsLog() {
    assertThat(print(LOG_STRING + word(32) + string("h\u00e9llo"))).isEqualTo("h\u00e9llo");
    assertThat(print(LOG_UINT256 + word(42))).isEqualTo("42");
    assertThat(print(LOG_STRING_UINT256 + word(64) + word(7) + string("balance")))
        .isEqualTo("balance 7");
    assertThat(tracer.lines().get(0).from()).isEqualTo(CONTRACT);
    assertThat(tracer.lines().get(0).depth()).isZero();
  }

  @Test
  void fillsPlaceholders() {
    assertThat(print(LOG_STRING_UINT256 + word(64) + word(7) + string("%d of 100%%")))
        .isEqualTo("7 of 100%");
  }

  @Test
  void knowsTheHashesOfOldReleases() {
    assertThat(print(LOG_UINT + word(42))).isEqualTo("42");
  }

  @Test
  void printsWhatItCannotReadInHex() {
    assertThat(print("0x01020304aa")).isEqualTo("undecoded 0x01020304aa");
    assertThat(print(LOG_STRING + "ff".repeat(32))).startsWith("undecoded 0x41304fac");
    assertThat(print("0x")).isEqualTo("undecoded 0x");
  }

  @Test
  void doesNotListenElsewhere() {
    call(CONTRACT, LOG_UINT256 + word(42));
    assertThat(tracer.lines()).isEmpty();
  }

  @Test
  void cutsLongLines() {
    String line = print(LOG_STRING + word(32) + string("x".repeat(100_000)));
    assertThat(line).hasSize(ConsoleTracer.LINE_LENGTH_MAX).endsWith("\u2026");
  }

  @Test
  void countsTheLinesBeyondTheLast() {
    for (int i = 0; i < ConsoleTracer.LINES_MAX + 3; i++) {
      print(LOG_UINT256 + word(i));
    }
    assertThat(tracer.lines()).hasSize(ConsoleTracer.LINES_MAX);
    assertThat(tracer.droppedLines()).isEqualTo(3);
  }

  @Property
  void printsAnyCalldata(@ForAll byte[] arguments) {
    String hex = Hex.encode(arguments);
    assertThat(ConsoleFormat.text(Bytes.fromHex(LOG_STRING_UINT256 + hex))).isNotEmpty();
    assertThat(ConsoleFormat.text(Bytes.wrap(arguments))).isNotEmpty();
  }
}
