package dev.klay.client.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.abi.Abi;
import dev.klay.client.abi.AbiType;
import dev.klay.core.evm.trace.RevertReason;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.fuzz.FuzzTarget;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What contracts answer, and what people and compilers write about contracts. */
public enum ClientTargets implements FuzzTarget {
  /** The first byte chooses the types; what is read is the one encoding of what it says. */
  ABI_DATA {
    @Override
    boolean read(byte[] input) {
      if (input.length == 0) {
        return false;
      }
      List<String> types = TYPES.get((input[0] & 0xff) % TYPES.size());
      Bytes data = Bytes.wrap(Arrays.copyOfRange(input, 1, input.length));
      assertThat(Abi.encode(types, Abi.decode(types, data))).isEqualTo(data);
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          seed(0, List.of(BigInteger.TEN, "text of more than thirty-two bytes, to be sure", true)),
          seed(1, List.of(List.of(List.of(BigInteger.ONE), List.of()), Address.ZERO)),
          seed(2, List.of(List.of(List.of("a", Bytes.of((byte) 1)), List.of("b", Bytes.EMPTY)))),
          seed(3, List.of(List.of(), List.of(BigInteger.ONE, BigInteger.TWO))));
    }

    private static byte[] seed(int types, List<?> values) {
      byte[] data = Abi.encode(TYPES.get(types), values).toArray();
      byte[] seed = new byte[1 + data.length];
      seed[0] = (byte) types;
      System.arraycopy(data, 0, seed, 1, data.length);
      return seed;
    }
  },

  ABI_TYPE {
    @Override
    boolean read(byte[] input) {
      try {
        AbiType type = AbiType.parse(text(input));
        assertThat(AbiType.parse(type.canonical()).canonical()).isEqualTo(type.canonical());
        return true;
      } catch (IllegalArgumentException refused) {
        return false;
      }
    }

    @Override
    public List<byte[]> seeds() {
      return TYPES.stream().flatMap(List::stream).map(t -> bytes(t)).toList();
    }
  },

  ABI_DECLARATION {
    @Override
    boolean read(byte[] input) {
      try {
        Abi.of(text(input));
        return true;
      } catch (IllegalArgumentException refused) {
        return false;
      }
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          bytes("function transfer(address to, uint256 amount) external returns (bool)"),
          bytes("event Transfer(address indexed from, address indexed to, uint256 value)"),
          bytes("error Short((uint8 a, bytes32[2][] b) what)"));
    }
  },

  ABI_JSON {
    @Override
    boolean read(byte[] input) {
      Abi.parseJson(text(input));
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          bytes(
              "{\"abi\":[{\"type\":\"function\",\"name\":\"f\",\"stateMutability\":\"view\","
                  + "\"inputs\":[{\"name\":\"a\",\"type\":\"tuple[]\",\"components\":"
                  + "[{\"name\":\"b\",\"type\":\"uint8\"}]}],\"outputs\":[]}]}"),
          bytes(
              "[{\"type\":\"event\",\"name\":\"E\",\"anonymous\":false,\"inputs\":"
                  + "[{\"name\":\"x\",\"type\":\"address\",\"indexed\":true}]},"
                  + "{\"type\":\"constructor\",\"inputs\":[]}]"));
    }
  },

  /** What a reverted call answers is shown to people, whatever it is. */
  REVERT_DATA {
    @Override
    boolean read(byte[] input) {
      assertThat(RevertReason.decode(Bytes.wrap(input)).toString()).isNotNull();
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          Bytes.fromHex(
                  "08c379a0" + Abi.encode(List.of("string"), List.of("no")).toHex().substring(2))
              .toArray(),
          Bytes.fromHex("4e487b71" + "00".repeat(31) + "11").toArray());
    }
  };

  private static final List<List<String>> TYPES =
      List.of(
          List.of("uint256", "string", "bool"),
          List.of("uint8[][2]", "address"),
          List.of("(string,bytes)[]"),
          List.of("bytes32[]", "int64[2]"),
          List.of("uint8[2][2][]", "bytes4", "(bool,(int8,string)[])"));

  abstract boolean read(byte[] input);

  @Override
  public boolean accepts(byte[] input) {
    try {
      return read(input);
    } catch (DecodingException refused) {
      return false;
    }
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
