package dev.klay.consensus.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The subset of every build: four nodes under load lose processes by SIGKILL, five times. {@code
 * klay.nodes} and {@code klay.kills} say otherwise.
 */
@Tag("processes")
class KilledProcessesTest {
  @TempDir private Path directory = Path.of("");

  @Test
  @Timeout(7200)
  void killedNodesComeBackWithEveryAcknowledgedBlock() throws IOException {
    int nodes = Integer.getInteger("klay.nodes", 4);
    int kills = Integer.getInteger("klay.kills", 5);
    long seed = Long.getLong("klay.seedBase", 20_180_930);
    Random random = new Random(seed);
    long begin = System.nanoTime();
    try (Cluster cluster = new Cluster(directory, ClusterPlan.of(nodes))) {
      cluster.startAll();
      cluster.load.start();
      cluster.awaitHeight(0, 3);
      for (int done = 0; done < kills; ) {
        int together = random.nextInt(8) == 0 ? 1 + random.nextInt(cluster.size()) : 1;
        long height = cluster.highest() + 1 + random.nextInt(6);
        int first = random.nextInt(cluster.size());
        cluster.awaitHeight(first, height);
        for (int i = 0; i < together; i++) {
          cluster.process((first + i) % cluster.size()).kill();
          done++;
        }
        if (random.nextBoolean() && together == 1) {
          int other = (first + 1) % cluster.size();
          cluster.awaitHeight(other, cluster.height(other) + 1 + random.nextInt(5));
        }
        cluster.startAll();
        if (done % 5 == 0) {
          cluster.expectHealthy();
        }
      }
      cluster.expectHealthy();
      assertThat(cluster.load.acknowledgedCount()).isPositive();
      System.out.printf(
          "processes: %d nodes, %d kills, height %d, %d transfers acknowledged, %d votes compared, seed %d, %d s%n",
          nodes,
          kills,
          cluster.highest(),
          cluster.load.acknowledgedCount(),
          cluster.votes.count(),
          seed,
          (System.nanoTime() - begin) / 1_000_000_000);
    }
  }
}
