package dev.klay.examples.benchmarks;

import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Senders per second on one core, decoding included: native library, and Bouncy Castle alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RecoverBenchmark {
  private final Bytes encoded = encoded();

  private static Bytes encoded() {
    try (PrivateKey key = TestAccounts.keys(1).get(0)) {
      return TestAccounts.transfer(1000, key, 0, TestAccounts.address(1)).encode();
    }
  }

  @Benchmark
  @Fork(value = 1)
  public List<PublicKey> nativeLibrary() {
    return SignedTx.decode(encoded).signers();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dklay.secp256k1=java")
  public List<PublicKey> pureJava() {
    return SignedTx.decode(encoded).signers();
  }
}
