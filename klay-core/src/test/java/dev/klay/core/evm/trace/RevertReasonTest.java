package dev.klay.core.evm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.evm.trace.RevertReason.Kind;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevertReasonTest {
  private static final String WORD_20 =
      "0000000000000000000000000000000000000000000000000000000000000020";

  private static String word(int value) {
    return String.format("%064x", value);
  }

  @Test
  void readsTheMessageOfARequire() {
    Bytes data = Bytes.fromHex("0x08c379a0" + WORD_20 + word(4) + "6e6f7065" + "00".repeat(28));
    assertThat(RevertReason.decode(data)).isEqualTo(new RevertReason(Kind.MESSAGE, "nope", data));
  }

  @ParameterizedTest
  @CsvSource({
    "1, assert(false)",
    "17, arithmetic underflow or overflow",
    "18, division or modulo by zero",
    "50, out-of-bounds access of an array or bytesN",
    "153, unknown panic code: 0x99",
  })
  void knowsWhatPanicsMean(int code, String meaning) {
    RevertReason reason = RevertReason.decode(Bytes.fromHex("0x4e487b71" + word(code)));
    assertThat(reason.kind()).isEqualTo(Kind.PANIC);
    assertThat(reason.text()).isEqualTo(meaning);
  }

  @Test
  void asksTheLookupForCustomErrors() {
    Bytes data = Bytes.fromHex("0xf988f737" + word(7));
    RevertReason reason =
        RevertReason.decode(
            data,
            (selector, arguments) ->
                selector.equals(Bytes.fromHex("0xf988f737"))
                    ? Optional.of("TooLow(" + arguments.get(31) + ")")
                    : Optional.empty());
    assertThat(reason).isEqualTo(new RevertReason(Kind.CUSTOM, "TooLow(7)", data));
    assertThat(RevertReason.decode(data).text()).isEqualTo("0xf988f737");
  }

  @Test
  void keepsWhatIsNoneOfThese() {
    assertThat(RevertReason.decode(Bytes.EMPTY).kind()).isEqualTo(Kind.NONE);
    assertThat(RevertReason.decode(Bytes.fromHex("0x010203")).kind()).isEqualTo(Kind.RAW);
  }

  @ParameterizedTest
  @CsvSource({"20, ffffffff", "7fffffff, 4", "0, 0", "20, 21"})
  void takesMalformedMessagesAsTheyAre(String offset, String length) {
    String head =
        "0".repeat(64 - offset.length()) + offset + "0".repeat(64 - length.length()) + length;
    RevertReason reason = RevertReason.decode(Bytes.fromHex("0x08c379a0" + head + "00".repeat(32)));
    assertThat(reason.kind()).isIn(Kind.RAW, Kind.MESSAGE);
    assertThat(reason.data().size()).isEqualTo(100);
  }

  @Property
  void readsAnyBytes(@ForAll byte[] arguments, @ForAll boolean panic) {
    byte[] data = new byte[4 + arguments.length];
    System.arraycopy(Bytes.fromHex(panic ? "0x4e487b71" : "0x08c379a0").toArray(), 0, data, 0, 4);
    System.arraycopy(arguments, 0, data, 4, arguments.length);
    assertThat(RevertReason.decode(Bytes.wrap(data)).data()).isEqualTo(Bytes.wrap(data));
  }
}
