package dev.klay.consensus.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.Await;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What else can happen to processes, networks and files. */
@FullSet
class FaultyProcessesTest extends FourProcesses {
  @Test
  void allKilledAtOnceComeBackTogether() {
    for (int i = 0; i < 5; i++) {
      cluster.awaitHeight(0, cluster.height(0) + 3);
      for (int node = 0; node < 4; node++) {
        cluster.process(node).kill();
      }
      cluster.startAll();
      cluster.expectHealthy();
    }
  }

  @Test
  void restartedOneAfterTheOtherTheyNeverStandStill() {
    for (int node = 0; node < 4; node++) {
      int other = (node + 1) % 4;
      long height = cluster.height(other);
      cluster.process(node).quit();
      cluster.awaitHeight(other, height + 3);
      cluster.start(node);
      cluster.awaitVoting(node, "VOTES");
    }
    cluster.expectHealthy();
  }

  @Test
  void stoppedProcessesGoOn() {
    for (int i = 0; i < 10; i++) {
      int node = i % 4;
      int other = (node + 1) % 4;
      cluster.load.shun(node);
      cluster.process(node).pause();
      cluster.awaitHeight(other, cluster.height(other) + 1 + i);
      cluster.process(node).resume();
      cluster.load.welcome(node);
    }
    cluster.expectHealthy();
  }

  @Test
  void partitionsOfAllShapesHeal() {
    Random random = new Random(3);
    List<Runnable> shapes =
        List.of(
            () -> cluster.proxies().forEach(FaultProxy::reset),
            () -> isolate(random.nextInt(4), false),
            () -> isolate(random.nextInt(4), true),
            () -> halves(),
            () -> cluster.proxies().forEach(proxy -> proxy.delay(80)),
            () -> cluster.between(0, 1).oneWay(true),
            () -> cluster.between(2, 3).oneWay(false),
            () -> cluster.between(1, 2).throttle(200, 20),
            () -> cluster.proxies().forEach(FaultProxy::blackhole),
            () -> cluster.proxies().forEach(FaultProxy::refuse));
    for (Runnable shape : shapes) {
      shape.run();
      long height = cluster.highest();
      long patience = System.nanoTime() + 4_000_000_000L;
      Await.until(
          "some blocks, or none for a while",
          () -> cluster.highest() > height + 4 || System.nanoTime() - patience > 0);
      cluster.proxies().forEach(FaultProxy::heal);
      cluster.expectHealthy();
    }
  }

  private void isolate(int node, boolean silently) {
    for (int other = 0; other < 4; other++) {
      if (other != node && silently) {
        cluster.between(node, other).blackhole();
      } else if (other != node) {
        cluster.between(node, other).refuse();
      }
    }
  }

  private void halves() {
    for (int one : List.of(0, 1)) {
      for (int other : List.of(2, 3)) {
        cluster.between(one, other).refuse();
      }
    }
  }

  @Test
  void aDamagedFileIsRepairedOrRefusedAndNeverBelieved() throws IOException {
    Random random = new Random(11);
    Path directory = cluster.directory(1);
    for (String kind : List.of("blocks-", "states-", "HEAD", "INDEX", "MANIFEST", "votes-")) {
      cluster.awaitHeight(0, cluster.height(0) + 3);
      cluster.process(1).kill();
      List<Path> files = filesOf(directory, kind);
      if (files.isEmpty()) {
        cluster.start(1);
        continue;
      }
      damage(files.get(random.nextInt(files.size())), random);
      NodeProcess started = cluster.launch(1);
      if (!started.startsOrRefuses()) {
        delete(directory.resolve("chain"));
        delete(directory.resolve("chain.votes"));
        cluster.start(1);
      }
      cluster.awaitVoting(1, "VOTES");
      cluster.expectHealthy();
    }
  }

  private static List<Path> filesOf(Path directory, String kind) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith(kind)).sorted().toList();
    }
  }

  private static void damage(Path file, Random random) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long at = (long) (random.nextDouble() * bytes.length());
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old < 0 ? 1 : old ^ 0x40);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.exists(directory)) {
      try (Stream<Path> found = Files.walk(directory)) {
        found.sorted(Comparator.reverseOrder()).forEach(files::add);
      }
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  @Test
  void aLostDirectoryIsFilledAgainAndVotesLater() throws IOException {
    cluster.process(2).kill();
    delete(cluster.directory(2).resolve("chain"));
    delete(cluster.directory(2).resolve("chain.votes"));
    cluster.start(2);
    cluster.awaitVoting(2, "VOTES");
    cluster.expectHealthy();
  }

  @Test
  void anOldBackupIsRecognised() throws IOException {
    Path directory = cluster.directory(3);
    Path backup = home.resolve("backup");
    cluster.process(3).kill();
    copy(directory, backup);
    cluster.start(3);
    cluster.awaitVoting(3, "VOTES");
    cluster.awaitHeight(3, cluster.height(3) + 5);
    cluster.process(3).kill();
    for (String part : List.of("chain", "chain.votes")) {
      delete(directory.resolve(part));
      copy(backup.resolve(part), directory.resolve(part));
    }
    cluster.start(3);
    assertThat(cluster.process(3).ask("status")).isNotBlank();
    cluster.awaitVoting(3, "VOTES");
    cluster.expectHealthy();
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(from)) {
      found.forEach(files::add);
    }
    for (Path file : files) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }
}
