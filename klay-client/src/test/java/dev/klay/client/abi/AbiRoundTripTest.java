package dev.klay.client.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random types of every shape with random values; the seed is the case. */
class AbiRoundTripTest {
  private static List<AbiParameter> types(Random random) {
    return IntStream.range(0, 1 + random.nextInt(4))
        .mapToObj(i -> AbiParameter.of("p" + i, type(random, 3)))
        .toList();
  }

  private static AbiType type(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 7 : 10)) {
      case 0 -> new AbiType.Uint(8 + 8 * random.nextInt(32));
      case 1 -> new AbiType.Int(8 + 8 * random.nextInt(32));
      case 2 -> new AbiType.Bool();
      case 3 -> new AbiType.AccountAddress();
      case 4 -> new AbiType.FixedBytes(1 + random.nextInt(32), false);
      case 5 -> new AbiType.DynamicBytes();
      case 6 -> new AbiType.Text();
      case 7 -> new AbiType.DynamicArray(type(random, depth - 1));
      case 8 -> new AbiType.FixedArray(type(random, depth - 1), 1 + random.nextInt(3));
      default ->
          new AbiType.Tuple(
              IntStream.range(0, 1 + random.nextInt(3))
                  .mapToObj(i -> AbiParameter.of("c" + i, type(random, depth - 1)))
                  .toList());
    };
  }

  private static Object value(AbiType type, Random random) {
    if (type instanceof AbiType.Uint uint) {
      return new BigInteger(random.nextInt(uint.bits() + 1), random);
    }
    if (type instanceof AbiType.Int signed) {
      BigInteger magnitude = new BigInteger(random.nextInt(signed.bits()), random);
      return random.nextBoolean() ? magnitude : magnitude.not();
    }
    if (type instanceof AbiType.Bool) {
      return random.nextBoolean();
    }
    if (type instanceof AbiType.AccountAddress) {
      return Address.of(bytes(20, random));
    }
    if (type instanceof AbiType.FixedBytes fixed) {
      return Bytes.of(bytes(fixed.size(), random));
    }
    if (type instanceof AbiType.DynamicBytes) {
      return Bytes.of(bytes(random.nextInt(70), random));
    }
    if (type instanceof AbiType.Text) {
      return "\uc544\uc2a4\ud39c-aspen ".repeat(random.nextInt(5));
    }
    if (type instanceof AbiType.Tuple tuple) {
      List<Object> values = new ArrayList<>();
      tuple.components().forEach(c -> values.add(value(c.type(), random)));
      return AbiTuple.of(tuple.components(), values);
    }
    AbiType element =
        type instanceof AbiType.FixedArray array
            ? array.element()
            : ((AbiType.DynamicArray) type).element();
    int length = type instanceof AbiType.FixedArray array ? array.length() : random.nextInt(4);
    return IntStream.range(0, length).mapToObj(i -> value(element, random)).toList();
  }

  private static byte[] bytes(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Property(tries = 2000)
  void whatIsEncodedIsDecoded(@ForAll long seed) {
    Random random = new Random(seed);
    List<AbiParameter> types = types(random);
    List<Object> values = types.stream().map(p -> value(p.type(), random)).toList();
    Bytes encoded = Bytes.wrap(AbiEncoder.parameters(types, values));
    assertThat(AbiDecoder.parameters(types, encoded)).isEqualTo(values);
    types.forEach(
        p ->
            assertThat(AbiType.parse(p.type().canonical()).canonical())
                .isEqualTo(p.type().canonical()));
  }

  @Property(tries = 3000)
  void whatIsDecodedIsCanonical(@ForAll long seed) {
    Random random = new Random(seed);
    List<AbiParameter> types = types(random);
    List<Object> values = types.stream().map(p -> value(p.type(), random)).toList();
    byte[] damaged = AbiEncoder.parameters(types, values);
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    Bytes data = Bytes.wrap(damaged);
    try {
      List<Object> other = AbiDecoder.parameters(types, data);
      assertThat(Bytes.wrap(AbiEncoder.parameters(types, other))).isEqualTo(data);
    } catch (DecodingException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  @Property(tries = 1000)
  void whatIsCutOffIsRefused(@ForAll long seed) {
    Random random = new Random(seed);
    List<AbiParameter> types = types(random);
    List<Object> values = types.stream().map(p -> value(p.type(), random)).toList();
    Bytes encoded = Bytes.wrap(AbiEncoder.parameters(types, values));
    Bytes cut = encoded.slice(0, random.nextInt(encoded.size()));
    assertThatThrownBy(() -> AbiDecoder.parameters(types, cut))
        .isInstanceOf(DecodingException.class);
  }
}
