package dev.klay.consensus.processes;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Four nodes in processes of their own, under load from the third block on. */
abstract class FourProcesses {
  @TempDir Path home = Path.of("");
  Cluster cluster;

  @BeforeEach
  void startFour() throws IOException {
    cluster = new Cluster(home, ClusterPlan.of(4));
    cluster.startAll();
    cluster.load.start();
    cluster.awaitHeight(0, 3);
  }

  @AfterEach
  void close() throws IOException {
    cluster.close();
  }
}
