package dev.klay.examples.benchmarks;

import dev.klay.core.evm.EthereumRules;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.bls12381.G1;
import dev.klay.crypto.bls12381.G2;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.Signature;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Calls per second of precompiled contracts, by message, as a transaction makes them; one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PrecompileBenchmark {
  /** EIP-197's generator of BN254's second group: x and y, each imaginary part first. */
  private static final String BN254_G2 =
      "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"
          + "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"
          + "090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b"
          + "12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa";

  @Param({
    "ecRecover",
    "modExp 2048 bit, e 65537",
    "modExp 256 bit",
    "bn254 add",
    "bn254 mul",
    "bn254 pairing of 2",
    "bls12381 g1 msm of 128",
    "bls12381 pairing of 2"
  })
  public String contract = "";

  private EvmProgram program = call(4, "");

  private static EvmProgram call(int precompile, String input) {
    return new EvmProgram(
        "precompile",
        EthereumRules.OSAKA,
        WorldState.EMPTY,
        Address.parse("0x%040x".formatted(precompile)),
        Bytes.fromHex("0x" + input),
        Amount.ZERO);
  }

  private static EvmProgram of(String contract) {
    return switch (contract) {
      case "ecRecover" -> call(1, signature());
      case "modExp 2048 bit, e 65537" -> call(5, modExp(256, BigInteger.valueOf(65_537)));
      case "modExp 256 bit" -> call(5, modExp(32, wide(32)));
      case "bn254 add" -> call(6, bn254G1(false) + bn254G1(true));
      case "bn254 mul" -> call(7, bn254G1(false) + "%064x".formatted(wide(32)));
      case "bn254 pairing of 2" -> call(8, bn254G1(false) + BN254_G2 + bn254G1(true) + BN254_G2);
      case "bls12381 g1 msm of 128" -> call(0x0c, multiples(128));
      case "bls12381 pairing of 2" ->
          call(
              0x0f,
              padded(G1.GENERATOR.toCoordinates())
                  + padded(G2.GENERATOR.toCoordinates())
                  + padded(G1.GENERATOR.negate().toCoordinates())
                  + padded(G2.GENERATOR.toCoordinates()));
      default -> throw new IllegalArgumentException(contract);
    };
  }

  private static String signature() {
    Hash hash = Keccak256.hash(Bytes.of(new byte[] {1}));
    try (PrivateKey key = TestAccounts.keys(1).get(0)) {
      Signature s = key.sign(hash);
      String rs = s.encode().toHex().substring(2, 2 + 128);
      return hash.toHex().substring(2) + "%064x".formatted(27 + s.recoveryId()) + rs;
    }
  }

  /** A number of so many bytes that looks like chance and is always the same. */
  private static BigInteger wide(int bytes) {
    return BigInteger.ONE.shiftLeft(8 * bytes).divide(BigInteger.valueOf(3)).setBit(0);
  }

  private static String modExp(int bytes, BigInteger exponent) {
    int exponentBytes = (exponent.bitLength() + 7) / 8;
    String digits = "%0" + 2 * bytes + "x";
    return "%064x%064x%064x".formatted(bytes, exponentBytes, bytes)
        + digits.formatted(wide(bytes).subtract(BigInteger.TEN))
        + ("%0" + 2 * exponentBytes + "x").formatted(exponent)
        + digits.formatted(wide(bytes));
  }

  private static String bn254G1(boolean negative) {
    dev.klay.crypto.bn254.G1 point = dev.klay.crypto.bn254.G1.GENERATOR;
    return Bytes.wrap((negative ? point.negate() : point).toBytes()).toHex().substring(2);
  }

  private static String multiples(int count) {
    StringBuilder input = new StringBuilder();
    G1 point = G1.GENERATOR;
    for (int i = 0; i < count; i++) {
      input
          .append(padded(point.toCoordinates()))
          .append("%064x".formatted(wide(32).subtract(BigInteger.valueOf(i))));
      point = point.add(G1.GENERATOR);
    }
    return input.toString();
  }

  /** EIP-2537 writes 16 zero bytes in front of each field element. */
  private static String padded(byte[] coordinates) {
    StringBuilder result = new StringBuilder();
    String hex = Bytes.wrap(coordinates).toHex().substring(2);
    for (int i = 0; i < hex.length(); i += 96) {
      result.append("0".repeat(32)).append(hex, i, i + 96);
    }
    return result.toString();
  }

  @Setup
  public void build() {
    program = of(contract);
    ExecutionResult result = program.run();
    if (!result.isSuccess() || result.output().isEmpty()) {
      throw new IllegalStateException(contract + ": " + result);
    }
  }

  @Benchmark
  public ExecutionResult once() {
    return program.run();
  }
}
