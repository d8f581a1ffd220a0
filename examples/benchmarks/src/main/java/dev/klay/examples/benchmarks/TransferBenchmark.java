package dev.klay.examples.benchmarks;

import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.importing.BuiltBlock;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.Proposal;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One transfer of a block of 5,000: checks, execution, receipts, all roots, sealing; senders are
 * recovered before. The state holds so many accounts, and recipients are any of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 7, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class TransferBenchmark {
  private static final int TRANSFERS = 5_000;

  @Param({"10000", "100000", "1000000"})
  public int accounts;

  private Chain chain = new Chain(ChainSpec.development(), new InMemoryChainStore());
  private List<SignedTx> transfers = List.of();
  private PrivateKey proposer = DevKeys.faucet();

  @Setup(Level.Trial)
  public void chain() {
    List<PrivateKey> senders = TestAccounts.keys(TRANSFERS);
    List<Address> all = new ArrayList<>();
    senders.forEach(key -> all.add(key.address()));
    for (int i = TRANSFERS; i < accounts; i++) {
      all.add(TestAccounts.address(i));
    }
    ChainSpec spec = ChainSpec.development().withAccounts(all, Amount.klay(1000));
    chain = new Chain(spec, new InMemoryChainStore());
    proposer = DevKeys.ofValidator(spec.validators().get(0)).orElseThrow();
    Random random = new Random(7);
    List<Address> recipients =
        IntStream.range(0, TRANSFERS).mapToObj(i -> all.get(random.nextInt(all.size()))).toList();
    transfers =
        IntStream.range(0, TRANSFERS)
            .parallel()
            .mapToObj(
                i -> {
                  SignedTx tx =
                      TestAccounts.transfer(spec.chainId(), senders.get(i), 0, recipients.get(i));
                  tx.signers();
                  return tx;
                })
            .toList();
  }

  @Benchmark
  @OperationsPerInvocation(TRANSFERS)
  public BuiltBlock block() {
    long time = chain.head().header().timestampMillis() + 1000;
    BuiltBlock built =
        chain.build(
            new Proposal(proposer, proposer.address(), time, () -> false), transfers.iterator());
    if (built.block().transactions().size() != TRANSFERS) {
      throw new AssertionError(built.refused().values().toString());
    }
    return built;
  }
}
