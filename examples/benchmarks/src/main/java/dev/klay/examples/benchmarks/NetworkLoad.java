package dev.klay.examples.benchmarks;

import dev.klay.consensus.KlayNetwork;
import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainService;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Feeds a network of this JVM with transfers at a steady rate and tells what came out.
 *
 * <p>Arguments: validators (13), rangers (2), offered transfers per second (5000), seconds (45),
 * block period in ms (1000), seconds at the start that are not counted, while the JVM compiles
 * (15).
 */
final class NetworkLoad {
  private static final int SENDERS = 1000;

  private NetworkLoad() {}

  public static void main(String[] args) {
    int[] values = {13, 2, 5_000, 45, 1_000, 15};
    for (int i = 0; i < args.length; i++) {
      values[i] = Integer.parseInt(args[i]);
    }
    run(values[0], values[1], values[2], values[3], Duration.ofMillis(values[4]), values[5]);
  }

  private static void run(
      int validators, int rangers, int rate, int seconds, Duration period, int warmUp) {
    List<PrivateKey> keys = TestAccounts.keys(SENDERS);
    ChainSpec spec =
        ChainSpec.aspen()
            .withValidators(validators)
            .withBlockPeriod(period)
            .withAccounts(keys.stream().map(PrivateKey::address).toList(), Amount.klay(1000));
    int count = rate * seconds;
    System.out.printf("signing %d transfers of %d senders%n", count, SENDERS);
    List<SignedTx> txs =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(
                i ->
                    TestAccounts.transfer(
                        spec.chainId(),
                        keys.get(i % SENDERS),
                        i / SENDERS,
                        keys.get((i * 7 + 1) % SENDERS).address()))
            .toList();
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(rangers).start()) {
      network.awaitHeight(1);
      List<ChainService> doors =
          Stream.concat(network.nodes().stream(), network.rangers().stream())
              .map(KlayNode::service)
              .toList();
      report(network, spec, feed(network, doors, txs, rate), rate, seconds, warmUp);
    }
  }

  private record Fed(
      Map<Hash, Long> submitted, Map<Hash, Long> finals, long first, long start, double seconds) {}

  private static Fed feed(
      KlayNetwork network, List<ChainService> doors, List<SignedTx> txs, int rate) {
    Map<Hash, Long> submitted = new ConcurrentHashMap<>();
    Map<Hash, Long> finals = new ConcurrentHashMap<>();
    long firstBlock = network.service().height().join() + 1;
    Thread watcher = new Thread(() -> watch(network.service(), firstBlock, txs.size(), finals));
    watcher.start();
    long start = System.nanoTime();
    for (int i = 0; i < txs.size(); i++) {
      long due = start + i * 1_000_000_000L / rate;
      if (due - System.nanoTime() > 1_000_000) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      SignedTx tx = txs.get(i);
      submitted.put(tx.hash(), System.nanoTime());
      doors.get(i % SENDERS % doors.size()).submit(tx).join();
    }
    double fedSeconds = (System.nanoTime() - start) / 1e9;
    try {
      watcher.join(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Fed(submitted, finals, firstBlock, start, fedSeconds);
  }

  private static void watch(
      ChainService service, long first, int expected, Map<Hash, Long> finals) {
    for (long next = first; finals.size() < expected; ) {
      BlockView block = service.block(BlockRef.number(next)).join().orElse(null);
      if (block == null) {
        LockSupport.parkNanos(500_000);
        continue;
      }
      long now = System.nanoTime();
      block.block().transactions().forEach(tx -> finals.put(tx.hash(), now));
      next++;
    }
  }

  private static void report(
      KlayNetwork network, ChainSpec spec, Fed fed, int rate, int seconds, int warmUp) {
    long last = network.service().height().join();
    List<BlockView> blocks = new ArrayList<>();
    for (long n = fed.first(); n <= last; n++) {
      blocks.add(network.service().block(BlockRef.number(n)).join().orElseThrow());
    }
    Instant counted = blocks.get(0).time().plusSeconds(warmUp);
    List<BlockView> full =
        blocks.stream()
            .filter(b -> b.transactionCount() > 0 && !b.time().isBefore(counted))
            .toList();
    full = full.subList(0, full.size() - 1); // the last one takes what was left over
    int inside = full.subList(1, full.size()).stream().mapToInt(BlockView::transactionCount).sum();
    double span =
        (full.get(full.size() - 1).time().toEpochMilli() - full.get(0).time().toEpochMilli())
            / 1000.0;
    long[] latencies =
        fed.finals().entrySet().stream()
            .filter(e -> fed.submitted().get(e.getKey()) - fed.start() > warmUp * 1_000_000_000L)
            .mapToLong(e -> (e.getValue() - fed.submitted().get(e.getKey())) / 1_000_000)
            .sorted()
            .toArray();
    System.out.printf(
        "%d CN, %d RN, period %d ms, %d cores, heap max %d MiB%n",
        spec.validators().size(),
        network.rangers().size(),
        spec.blockPeriodMillis(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20);
    System.out.printf(
        "offered %d/s for %d s, plain transfers (0x08), submitted in %.1f s; first %d s not counted%n",
        rate, seconds, fed.seconds(), warmUp);
    System.out.printf(
        "final %d of %d, sustained %.0f TPS over %.1f s of chain time, blocks of %s%n",
        fed.finals().size(),
        fed.submitted().size(),
        inside / span,
        span,
        Arrays.toString(full.stream().mapToInt(BlockView::transactionCount).limit(30).toArray()));
    System.out.printf(
        "submit to final: p50 %d ms, p99 %d ms, max %d ms%n",
        latencies[latencies.length / 2],
        latencies[latencies.length * 99 / 100],
        latencies[latencies.length - 1]);
  }
}
