package dev.klay.consensus.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ranger that comes late has everything soon (P7). */
@FullSet
class RangerProcessesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  @TempDir private Path home = Path.of("");

  @Test
  void itJoinsFromGenesisAtFiveThousandBlocks() throws IOException {
    long blocks = Long.getLong("klay.blocks", 5_000);
    ClusterPlan plan = ClusterPlan.of(4).withRangers(1).withPeriod(Duration.ofMillis(10));
    int ranger = 4;
    try (Cluster cluster = new Cluster(home, plan)) {
      cluster.startFirst(ranger);
      cluster.load.start();
      long begin = System.nanoTime();
      Await.until("the chain is long", PATIENCE, () -> cluster.height(0) >= blocks);
      double made = seconds(begin);

      cluster.start(ranger);
      long joined = System.nanoTime();
      Await.until("it has them", PATIENCE, () -> cluster.height(ranger) >= blocks);
      double synced = seconds(joined);
      cluster.expectHealthy();
      assertThat(cluster.voting(ranger)).isEqualTo("FOLLOWS");
      System.out.printf(
          "ranger: %d blocks made in %.1f s under load, synced in %.1f s beside it: %.0f blocks/s%n",
          blocks, made, synced, blocks / synced);
    }
  }

  @Test
  void withACheckpointItTakesNoChainButThatOfTheCheckpoint() throws IOException {
    ClusterPlan plan = ClusterPlan.of(4).withRangers(1).withPeriod(Duration.ofMillis(50));
    int ranger = 4;
    long known = 200;
    try (Cluster cluster = new Cluster(home, plan)) {
      cluster.startFirst(ranger);
      cluster.load.start();
      cluster.awaitHeight(0, known + 50);
      Path checkpoint = cluster.directory(ranger).resolve(ProcessNode.CHECKPOINT);
      Files.writeString(checkpoint, (known - 1) + ":" + hash(cluster, known));
      cluster.start(ranger);
      cluster.awaitHeight(ranger, known - 2);
      cluster.awaitHeight(0, cluster.height(0) + 50);
      assertThat(cluster.height(ranger)).as("a block of another chain").isEqualTo(known - 2);

      cluster.process(ranger).kill();
      Files.writeString(checkpoint, known + ":" + hash(cluster, known));
      cluster.start(ranger);
      cluster.awaitHeight(ranger, cluster.height(0));
      cluster.expectHealthy();
    }
  }

  private static String hash(Cluster cluster, long height) {
    return cluster.process(0).ask("hashes", Long.toString(height), Long.toString(height));
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
