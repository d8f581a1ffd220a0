package dev.klay.consensus.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.Await;
import dev.klay.consensus.NodeRole;
import dev.klay.consensus.transport.tcp.Endpoint;
import dev.klay.consensus.transport.tcp.PeerAddress;
import dev.klay.consensus.transport.tcp.PeerFile;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A network of processes, each two linked through a proxy of their own. After whatever was done to
 * it, {@link #expectHealthy} says whether all promises were kept.
 */
final class Cluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int HASHES_MAX = 500;

  final Path home;
  final ChainSpec spec;
  final SentVotes votes = new SentVotes();
  final Load load;
  private final List<PeerAddress> nodes = new ArrayList<>();
  private final AtomicReferenceArray<NodeProcess> processes;
  private final TreeMap<List<Integer>, FaultProxy> proxies = new TreeMap<>(Cluster::compare);
  private final List<String> chain = new ArrayList<>();

  /** Writes the network down; nothing runs yet. */
  Cluster(Path home, ClusterPlan plan) throws IOException {
    this.home = home;
    List<PrivateKey> senders = Load.keys();
    this.spec = plan.spec(senders.stream().map(PrivateKey::address).toList());
    Files.writeString(home.resolve("genesis.json"), spec.toJson());
    List<ServerSocket> reserved = new ArrayList<>();
    for (Address identity : plan.consensusNodes()) {
      ServerSocket socket = new ServerSocket(0);
      reserved.add(socket);
      nodes.add(
          new PeerAddress(
              ChainSpec.nodeName(nodes.size()),
              NodeRole.CONSENSUS,
              identity,
              Optional.of(new Endpoint("127.0.0.1", socket.getLocalPort()))));
    }
    for (ServerSocket socket : reserved) {
      socket.close();
    }
    for (int i = 1; i <= plan.rangers(); i++) {
      try (PrivateKey key = DevKeys.ranger(i)) {
        nodes.add(new PeerAddress("Ranger0" + i, NodeRole.RANGER, key.address(), Optional.empty()));
      }
    }
    this.processes = new AtomicReferenceArray<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      writePeers(i);
    }
    this.load = new Load(this, senders);
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    int first = one.get(0).compareTo(other.get(0));
    return first != 0 ? first : one.get(1).compareTo(other.get(1));
  }

  /** A node connects to those of a higher place, through proxies, and rangers to all. */
  private void writePeers(int self) throws IOException {
    List<PeerAddress> known = new ArrayList<>();
    for (int other = 0; other < nodes.size(); other++) {
      PeerAddress peer = nodes.get(other);
      boolean dials =
          peer.role() == NodeRole.CONSENSUS
              && (nodes.get(self).role() == NodeRole.RANGER || other > self);
      if (other == self) {
        known.add(peer);
      } else if (dials) {
        FaultProxy proxy = new FaultProxy(peer.endpoint().orElseThrow().port());
        proxies.put(List.of(Math.min(self, other), Math.max(self, other)), proxy);
        known.add(
            new PeerAddress(
                peer.name(),
                peer.role(),
                peer.identity(),
                Optional.of(new Endpoint("127.0.0.1", proxy.port()))));
      } else {
        known.add(new PeerAddress(peer.name(), peer.role(), peer.identity(), Optional.empty()));
      }
    }
    Path directory = home.resolve(nodes.get(self).name());
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("peers.txt"), PeerFile.format(known));
  }

  int size() {
    return nodes.size();
  }

  Address identity(int place) {
    return nodes.get(place).identity();
  }

  /** Where a node of this key is. */
  int placeOf(String identity) {
    for (int i = 0; i < size(); i++) {
      if (identity(i).toHex().equals(identity)) {
        return i;
      }
    }
    throw new AssertionError("no node has the key " + identity);
  }

  Path directory(int place) {
    return home.resolve(nodes.get(place).name());
  }

  FaultProxy between(int one, int other) {
    return proxies.get(List.of(Math.min(one, other), Math.max(one, other)));
  }

  List<FaultProxy> proxies() {
    return List.copyOf(proxies.values());
  }

  // Processes

  NodeProcess process(int place) {
    return processes.get(place);
  }

  boolean isUp(int place) {
    NodeProcess process = processes.get(place);
    return process != null && process.isAlive();
  }

  /** Begins to start a process; it may take a while until it answers. */
  NodeProcess launch(int place) {
    NodeProcess process = new NodeProcess(home, nodes.get(place).name(), this::heard);
    processes.set(place, process);
    return process;
  }

  private void heard(String line) {
    if (line.startsWith("sent ")) {
      votes.add(line);
    } else if (line.startsWith("final ")) {
      load.acknowledged(line);
    }
  }

  void start(int place) {
    launch(place).awaitStart();
  }

  /** Starts all that do not run. */
  void startAll() {
    startFirst(size());
  }

  /** Starts so many from the first place on, if they do not run. */
  void startFirst(int count) {
    List<NodeProcess> begun = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!isUp(i)) {
        begun.add(launch(i));
      }
    }
    begun.forEach(NodeProcess::awaitStart);
  }

  private String status(int place, int field) {
    return process(place).ask("status").split(" ")[field];
  }

  long height(int place) {
    return Long.parseLong(status(place, 0));
  }

  int round(int place) {
    return Integer.parseInt(status(place, 1));
  }

  int peers(int place) {
    return Integer.parseInt(status(place, 2));
  }

  String voting(int place) {
    return status(place, 3);
  }

  void awaitVoting(int place, String expected) {
    Await.until(
        nodes.get(place).name() + " " + expected, PATIENCE, () -> voting(place).equals(expected));
  }

  void awaitHeight(int place, long height) {
    Await.until(
        nodes.get(place).name() + " reaches " + height, PATIENCE, () -> height(place) >= height);
  }

  long highest() {
    long highest = 0;
    for (int i = 0; i < size(); i++) {
      if (isUp(i)) {
        highest = Math.max(highest, height(i));
      }
    }
    return highest;
  }

  // Promises

  /** Every node goes on, all have one chain, and nothing that was promised is lost. */
  void expectHealthy() {
    long height = highest() + 3;
    for (int i = 0; i < size(); i++) {
      awaitHeight(i, height);
    }
    expectOneChain(height);
    load.expectKept(chain);
    assertThat(votes.violations()).as("contradictions among all that was sent").isEmpty();
    for (int i = 0; i < size(); i++) {
      assertThat(process(i).ask("audit")).as("supply at " + nodes.get(i)).endsWith("conserved");
      String[] status = process(i).ask("status").split(" ");
      assertThat(status[4]).as("evidence at " + nodes.get(i)).isEqualTo("0");
      assertThat(status[5]).as("trouble at " + nodes.get(i)).isEqualTo("fine");
      expectCleanLog(nodes.get(i));
    }
  }

  /** Block by block from where the last look ended; the genesis is at 0. */
  private void expectOneChain(long height) {
    for (long from = chain.size(); from <= height; from = chain.size()) {
      long to = Math.min(height, from + HASHES_MAX - 1);
      String expected = process(0).ask("hashes", Long.toString(from), Long.toString(to));
      for (int i = 1; i < size(); i++) {
        assertThat(process(i).ask("hashes", Long.toString(from), Long.toString(to)))
            .as("chain of " + nodes.get(i))
            .isEqualTo(expected);
      }
      chain.addAll(List.of(expected.split(" ")));
    }
  }

  /** A node wrote down no secret, and nothing happened that nobody foresaw. */
  private void expectCleanLog(PeerAddress node) {
    String log;
    try {
      log = Files.readString(home.resolve(node.name() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(log).doesNotContain("\tat ").doesNotContain("INTERNAL_ERROR");
    DevKeys.ofValidator(node.identity())
        .ifPresent(
            key -> {
              BigInteger secret = new BigInteger(1, key.exportSecret());
              assertThat(log).doesNotContain(secret.toString(16)).doesNotContain(secret.toString());
            });
  }

  @Override
  public void close() throws IOException {
    load.close();
    for (int i = 0; i < size(); i++) {
      if (isUp(i)) {
        process(i).kill();
      }
    }
    for (FaultProxy proxy : proxies.values()) {
      proxy.close();
    }
  }
}
