package dev.klay.consensus.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.FullDisk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Disks run full under load: nothing is signed there, reads go on, and nothing is lost. */
@FullSet
class FullDiskProcessesTest extends FourProcesses {
  @Test
  void aNodeStopsUntilThereIsRoomAndItIsStartedAgain() {
    for (String part : List.of("chain", "chain.votes", "chain")) {
      Path disk = cluster.directory(1).resolve(part);
      FullDisk.fill(disk);
      expectStoppedAndReading(1);
      cluster.awaitHeight(0, cluster.height(0) + 5);
      cluster.process(1).quit();

      if (cluster.launch(1).startsOrRefuses() && cluster.isUp(1)) { // too early
        expectStoppedAndReading(1);
        cluster.process(1).kill();
      }
      FullDisk.empty(disk);
      cluster.start(1);
      cluster.awaitVoting(1, "VOTES");
      cluster.expectHealthy();
    }
  }

  private void expectStoppedAndReading(int node) {
    cluster.awaitVoting(node, "STOPPED");
    String[] status = cluster.process(node).ask("status").split(" ", 6);
    assertThat(status[5]).startsWith("STORAGE_FAULT").contains("No space left on device");
    String kept = cluster.process(node).ask("hashes", "0", status[0]);
    assertThat(kept.split(" ")).hasSize(Integer.parseInt(status[0]) + 1);
    assertThat(cluster.process(node).ask("audit")).endsWith("conserved");
  }

  @Test
  void allOfThemAtOnceStandStillAndComeBackTogether() {
    for (int node = 0; node < 4; node++) {
      FullDisk.fill(cluster.directory(node).resolve("chain"));
      FullDisk.fill(cluster.directory(node).resolve("chain.votes"));
    }
    for (int node = 0; node < 4; node++) {
      expectStoppedAndReading(node);
    }
    for (int node = 0; node < 4; node++) {
      cluster.process(node).kill();
      FullDisk.empty(cluster.directory(node).resolve("chain"));
      FullDisk.empty(cluster.directory(node).resolve("chain.votes"));
    }
    cluster.startAll();
    cluster.expectHealthy();
  }
}
