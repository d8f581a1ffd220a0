package dev.klay.core.evm.precompile;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Modular exponentiation (EIP-198): three lengths of 32 bytes each, then base, exponent and modulus
 * of these lengths. The three prices differ; what is computed does not.
 */
enum ModExp implements Precompile {
  /** EIP-198. */
  BYZANTIUM {
    @Override
    BigInteger price(Sizes sizes) {
      BigInteger x = sizes.longer();
      return complexity(x)
          .multiply(sizes.iterations(8).max(BigInteger.ONE))
          .divide(BigInteger.valueOf(20));
    }

    private BigInteger complexity(BigInteger x) {
      BigInteger square = x.multiply(x);
      if (x.compareTo(BigInteger.valueOf(64)) <= 0) {
        return square;
      }
      return x.compareTo(BigInteger.valueOf(1024)) <= 0
          ? square.shiftRight(2).add(x.multiply(BigInteger.valueOf(96))).subtract(of(3_072))
          : square.shiftRight(4).add(x.multiply(BigInteger.valueOf(480))).subtract(of(199_680));
    }
  },

  /** EIP-2565. */
  BERLIN {
    @Override
    BigInteger price(Sizes sizes) {
      BigInteger words = sizes.longer().add(of(7)).shiftRight(3);
      return words
          .multiply(words)
          .multiply(sizes.iterations(8).max(BigInteger.ONE))
          .divide(of(3))
          .max(of(200));
    }
  },

  /** EIP-7883; operands of more than 1,024 bytes are refused (EIP-7823). */
  OSAKA {
    @Override
    BigInteger price(Sizes sizes) {
      BigInteger words = sizes.longer().add(of(7)).shiftRight(3);
      BigInteger complexity =
          sizes.longer().compareTo(of(32)) <= 0 ? of(16) : words.multiply(words).shiftLeft(1);
      return complexity.multiply(sizes.iterations(16).max(BigInteger.ONE)).max(of(500));
    }

    @Override
    boolean accepts(Sizes sizes) {
      return sizes.longer().max(sizes.exponent).compareTo(of(1_024)) <= 0;
    }
  };

  private static final BigInteger GAS_MAX = of(Long.MAX_VALUE);
  private static final int HEAD = 96;

  abstract BigInteger price(Sizes sizes);

  boolean accepts(Sizes sizes) {
    return true;
  }

  private static BigInteger of(long number) {
    return BigInteger.valueOf(number);
  }

  /** The three lengths, which may be anything, and the exponent's first bytes. */
  private static final class Sizes {
    final BigInteger base;
    final BigInteger exponent;
    final BigInteger modulus;
    private final BigInteger exponentHead;

    Sizes(CallData input) {
      base = number(input, 0, 32);
      exponent = number(input, 32, 32);
      modulus = number(input, 64, 32);
      int length = exponent.min(of(32)).intValue();
      exponentHead =
          base.bitLength() > 31 ? BigInteger.ZERO : number(input, HEAD + base.longValue(), length);
    }

    /** No gas pays for operands that no array holds; without base and modulus nothing is done. */
    boolean isHuge() {
      return longer().signum() > 0 && longer().max(exponent).bitLength() > 30;
    }

    BigInteger longer() {
      return base.max(modulus);
    }

    /** The exponent's bits, estimated from its length and its first 32 bytes. */
    BigInteger iterations(long perByte) {
      BigInteger headBits = of(Math.max(0, exponentHead.bitLength() - 1));
      BigInteger behind = exponent.subtract(of(32)).max(BigInteger.ZERO);
      return behind.multiply(of(perByte)).add(headBits);
    }
  }

  /** The lengths and operands; without base and modulus the lengths say it all. */
  @Override
  public int used(CallData input) {
    Sizes sizes = new Sizes(input);
    BigInteger operands = sizes.base.add(sizes.exponent).add(sizes.modulus);
    return sizes.longer().signum() == 0
        ? Math.min(input.size(), HEAD)
        : operands.add(of(HEAD)).min(of(input.size())).intValueExact();
  }

  @Override
  public long gas(CallData input) {
    Sizes sizes = new Sizes(input);
    return sizes.isHuge() ? Long.MAX_VALUE : price(sizes).min(GAS_MAX).longValueExact();
  }

  @Override
  public long computationCost(CallData input) {
    return 100 + gas(input) / 100; // what the nodes compute; Klaytn's constant of 10 is not used
  }

  @Override
  public byte @Nullable [] run(byte[] bytes) {
    CallData input = CallData.of(bytes);
    Sizes sizes = new Sizes(input);
    if (!accepts(sizes)) {
      return null;
    }
    if (sizes.base.signum() == 0 && sizes.modulus.signum() == 0) {
      return new byte[0];
    }
    // Gas has paid for operands of these lengths, so they are small enough.
    int baseSize = sizes.base.intValueExact();
    int exponentSize = sizes.exponent.intValueExact();
    int modulusSize = sizes.modulus.intValueExact();
    BigInteger modulus = number(input, HEAD + (long) baseSize + exponentSize, modulusSize);
    byte[] output = new byte[modulusSize];
    if (modulus.signum() == 0) {
      return output;
    }
    BigInteger base = number(input, HEAD, baseSize);
    BigInteger exponent = number(input, HEAD + (long) baseSize, exponentSize);
    byte[] power = base.modPow(exponent, modulus).toByteArray();
    int length = Math.min(power.length, modulusSize);
    System.arraycopy(power, power.length - length, output, modulusSize - length, length);
    return output;
  }

  /** A big-endian number in the input; what the input lacks is zero. */
  private static BigInteger number(CallData input, long offset, int length) {
    return length == 0 || offset >= input.size()
        ? BigInteger.ZERO
        : new BigInteger(1, input.read(offset, length));
  }
}
