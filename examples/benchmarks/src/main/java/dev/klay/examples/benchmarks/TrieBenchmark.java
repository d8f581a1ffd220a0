package dev.klay.examples.benchmarks;

import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Building a state of so many accounts and its root; the score divided by them is the cost of one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class TrieBenchmark {
  @Param({"1000", "10000", "100000", "1000000"})
  public int accounts;

  private final List<Address> addresses = new ArrayList<>();

  @Setup(Level.Trial)
  public void addresses() {
    for (int i = 0; i < accounts; i++) {
      Address address = TestAccounts.address(i);
      address.keccak();
      addresses.add(address);
    }
  }

  @Benchmark
  public Hash insertAndHash() {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    Amount one = Amount.klay(1);
    addresses.forEach(address -> updater.addBalance(address, one));
    return updater.build(false).rootHash();
  }
}
