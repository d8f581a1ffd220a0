package dev.klay.consensus.processes;

import dev.klay.consensus.Await;
import dev.klay.crypto.primitive.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validators come and go by ballot while transfers run. */
@FullSet
class MembershipProcessesTest {
  private static final long EPOCH = 20;
  private static final int CANDIDATE = 4;

  @TempDir private Path home = Path.of("");

  @Test
  void oneIsAddedAndTheOneThatProposesIsRemovedTwice() throws IOException {
    ClusterPlan plan = ClusterPlan.of(4).withCandidates(1).withEpoch(EPOCH);
    try (Cluster cluster = new Cluster(home, plan)) {
      cluster.startAll();
      cluster.load.start();
      cluster.awaitHeight(0, 3);
      int joining = CANDIDATE;
      for (int i = 0; i < 2; i++) {
        decide(cluster, "add", joining);
        cluster.awaitVoting(joining, "VOTES");
        cluster.expectHealthy();

        int leader = cluster.placeOf(cluster.process(joining).ask("leader"));
        decide(cluster, "remove", leader);
        cluster.awaitVoting(leader, "FOLLOWS");
        cluster.awaitHeight(leader, cluster.height(joining) + EPOCH);
        cluster.expectHealthy();
        joining = leader;
      }
    }
  }

  /** Every validator votes for it; it counts from the next epoch on. */
  private static void decide(Cluster cluster, String what, int place) {
    Address target = cluster.identity(place);
    for (int i = 0; i < cluster.size(); i++) {
      cluster.process(i).ask("cast", what, target.toHex());
    }
    Await.until(
        what + " " + target,
        Duration.ofMinutes(3),
        () -> cluster.process(0).ask("council").contains(target.toString()) == what.equals("add"));
  }
}
