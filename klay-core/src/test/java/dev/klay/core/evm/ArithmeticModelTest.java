package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every arithmetic opcode against {@link BigInteger}, on edge values and on words by chance. */
class ArithmeticModelTest {
  private static final BigInteger TWO_256 = BigInteger.ONE.shiftLeft(256);
  private static final BigInteger SIGN = BigInteger.ONE.shiftLeft(255);
  private static final int BITS = 256;

  /** An opcode as a function of its operands, the top of the stack first. */
  enum Model {
    ADD(2, x -> x[0].add(x[1])),
    MUL(2, x -> x[0].multiply(x[1])),
    SUB(2, x -> x[0].subtract(x[1])),
    DIV(2, x -> isZero(x[1]) ? x[1] : x[0].divide(x[1])),
    SDIV(2, x -> isZero(x[1]) ? x[1] : signed(x[0]).divide(signed(x[1]))),
    MOD(2, x -> isZero(x[1]) ? x[1] : x[0].mod(x[1])),
    SMOD(2, x -> isZero(x[1]) ? x[1] : signed(x[0]).remainder(signed(x[1]))),
    ADDMOD(3, x -> isZero(x[2]) ? x[2] : x[0].add(x[1]).mod(x[2])),
    MULMOD(3, x -> isZero(x[2]) ? x[2] : x[0].multiply(x[1]).mod(x[2])),
    EXP(2, x -> x[0].modPow(x[1], TWO_256)),
    SIGNEXTEND(2, x -> extended(x[0], x[1])),
    LT(2, x -> bit(x[0].compareTo(x[1]) < 0)),
    GT(2, x -> bit(x[0].compareTo(x[1]) > 0)),
    SLT(2, x -> bit(signed(x[0]).compareTo(signed(x[1])) < 0)),
    SGT(2, x -> bit(signed(x[0]).compareTo(signed(x[1])) > 0)),
    EQ(2, x -> bit(x[0].equals(x[1]))),
    ISZERO(1, x -> bit(isZero(x[0]))),
    AND(2, x -> x[0].and(x[1])),
    OR(2, x -> x[0].or(x[1])),
    XOR(2, x -> x[0].xor(x[1])),
    NOT(1, x -> x[0].not()),
    BYTE(
        2,
        x ->
            isBelow(x[0], 32)
                ? x[1].shiftRight(248 - 8 * x[0].intValue()).and(BigInteger.valueOf(255))
                : BigInteger.ZERO),
    SHL(2, x -> isBelow(x[0], BITS) ? x[1].shiftLeft(x[0].intValue()) : BigInteger.ZERO),
    SHR(2, x -> isBelow(x[0], BITS) ? x[1].shiftRight(x[0].intValue()) : BigInteger.ZERO),
    SAR(2, x -> signed(x[1]).shiftRight(isBelow(x[0], BITS) ? x[0].intValue() : BITS)),
    CLZ(1, x -> BigInteger.valueOf(BITS - x[0].bitLength()));

    private final int operands;
    private final Function<BigInteger[], BigInteger> result;

    Model(int operands, Function<BigInteger[], BigInteger> result) {
      this.operands = operands;
      this.result = result;
    }

    UInt256 of(UInt256... topFirst) {
      BigInteger[] numbers =
          Arrays.stream(topFirst).map(UInt256::toBigInteger).toArray(BigInteger[]::new);
      return UInt256.of(result.apply(numbers).mod(TWO_256));
    }

    private static boolean isZero(BigInteger number) {
      return number.signum() == 0;
    }

    private static boolean isBelow(BigInteger number, int limit) {
      return number.compareTo(BigInteger.valueOf(limit)) < 0;
    }

    private static BigInteger bit(boolean is) {
      return is ? BigInteger.ONE : BigInteger.ZERO;
    }

    private static BigInteger signed(BigInteger word) {
      return word.compareTo(SIGN) >= 0 ? word.subtract(TWO_256) : word;
    }

    private static BigInteger extended(BigInteger index, BigInteger word) {
      if (!isBelow(index, 31)) {
        return word;
      }
      int bits = 8 * (index.intValue() + 1);
      BigInteger low = word.mod(BigInteger.ONE.shiftLeft(bits));
      return low.testBit(bits - 1) ? low.subtract(BigInteger.ONE.shiftLeft(bits)) : low;
    }
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void agreesOnEdgeValues(Model model) {
    List<UInt256> edges = edges();
    for (UInt256 a : edges) {
      if (model.operands == 1) {
        check(model, a);
        continue;
      }
      for (UInt256 b : edges) {
        if (model.operands == 2) {
          check(model, a, b);
        } else {
          edges.stream().filter(c -> (c.hashCode() & 3) == 0).forEach(c -> check(model, a, b, c));
        }
      }
    }
  }

  @Property(tries = 500)
  void agreesOnWordsByChance(@ForAll long seed) {
    Random random = new Random(seed);
    for (Model model : Model.values()) {
      check(
          model,
          Stream.generate(() -> ProgramGenerator.EdgeValues.next(random))
              .limit(model.operands)
              .toArray(UInt256[]::new));
    }
  }

  private static void check(Model model, UInt256... topFirst) {
    List<UInt256> pushed = new ArrayList<>(List.of(topFirst));
    java.util.Collections.reverse(pushed);
    UInt256 result = MiniMachine.run(Assembly.opcode(model.name()), pushed.toArray(UInt256[]::new));
    assertThat(result).as("%s of %s", model, List.of(topFirst)).isEqualTo(model.of(topFirst));
  }

  /** Around zero and around the powers of two at the ends of bytes, limbs and the sign. */
  private static List<UInt256> edges() {
    List<UInt256> edges = new ArrayList<>();
    for (int small = 0; small <= 3; small++) {
      edges.add(UInt256.of(small));
      edges.add(UInt256.MAX.minus(UInt256.of(small)));
    }
    for (int shift : new int[] {5, 8, 31, 32, 63, 64, 127, 128, 191, 192, 254, 255}) {
      BigInteger power = BigInteger.ONE.shiftLeft(shift);
      edges.add(UInt256.of(power));
      edges.add(UInt256.of(power.subtract(BigInteger.ONE)));
      edges.add(UInt256.of(power.add(BigInteger.ONE)));
    }
    return edges;
  }
}
