package dev.klay.consensus.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that pay one after the other: each sends its next transfer once the last one is final,
 * and the same again, to another node, when nothing is heard of it.
 */
final class Load implements AutoCloseable {
  private static final int SENDERS = 8;
  private static final long RESEND_NANOS = 3_000_000_000L;
  private static final long PACE_MILLIS = 20;

  private record Place(long height, String blockHash) {}

  private final class Client {
    final PrivateKey key;
    long nonce;
    SignedTx waiting;
    long sentNanos;

    /** The highest block that anybody knew of when the transfer was signed. */
    long signedAt;

    Client(PrivateKey key) {
      this.key = key;
      this.waiting = next();
    }

    private SignedTx next() {
      signedAt = acknowledgedHeight.get();
      return SignedTx.sign(
          new ValueTransferTx(
              new TxHead(nonce++, Amount.ston(25), 21_000),
              FeeDelegation.NONE,
              key.address(),
              cluster.spec.validators().get(0),
              Amount.ston(1)),
          cluster.spec.chainId(),
          key);
    }

    void step(long now) {
      Place place = acknowledged.get(waiting.hash().toHex());
      if (place != null) {
        expectInOrder(place);
        waiting = next();
        sentNanos = 0;
      }
      if (sentNanos == 0 || now - sentNanos > RESEND_NANOS) {
        sentNanos = now;
        int node = random.nextInt(cluster.size());
        if (cluster.isUp(node) && !shunned.containsKey(node)) {
          send(node);
        }
      }
    }

    /** Real time: what was signed after a block was final stands behind that block. */
    private void expectInOrder(Place place) {
      if (place.height() <= signedAt) {
        throw new AssertionError(
            "signed when block " + signedAt + " was final, and stands in " + place.height());
      }
    }

    private void send(int node) {
      try {
        cluster.process(node).ask("tx", waiting.encode().toHex());
      } catch (NodeProcess.EndedException killed) {
        sentNanos = 0; // to another one
      }
    }
  }

  private final Cluster cluster;
  private final Map<String, Place> acknowledged = new ConcurrentHashMap<>();
  private final AtomicLong acknowledgedHeight = new AtomicLong();
  private final Map<Integer, Boolean> shunned = new ConcurrentHashMap<>();
  private final Random random = new Random(7);
  private final List<Client> clients = new ArrayList<>();
  private Thread thread;
  private volatile boolean ended;
  private volatile Throwable failure;

  Load(Cluster cluster, List<PrivateKey> keys) {
    this.cluster = cluster;
    keys.forEach(key -> clients.add(new Client(key)));
  }

  static List<PrivateKey> keys() {
    List<PrivateKey> keys = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      byte[] seed = ("process load " + i).getBytes(StandardCharsets.UTF_8);
      keys.add(PrivateKey.of(Keccak256.hash(seed).toArray()));
    }
    return keys;
  }

  void start() {
    thread = new Thread(this::run, "load");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!ended) {
        long now = System.nanoTime();
        clients.forEach(client -> client.step(now));
        synchronized (this) {
          wait(PACE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | AssertionError e) {
      failure = e;
    }
  }

  /** Sends nothing to a node that is paused, whose answers would be waited for. */
  void shun(int place) {
    shunned.put(place, true);
  }

  void welcome(int place) {
    shunned.remove(place);
  }

  /** A node said {@code final TX HEIGHT BLOCKHASH}. */
  void acknowledged(String line) {
    String[] words = line.split(" ");
    Place place = new Place(Long.parseLong(words[2]), words[3]);
    acknowledgedHeight.accumulateAndGet(place.height(), Math::max);
    Place before = acknowledged.putIfAbsent(words[1], place);
    if (before != null && !before.equals(place)) {
      failure = new AssertionError(line + " but before it was at " + before);
    }
  }

  int acknowledgedCount() {
    return acknowledged.size();
  }

  /** Each block that a client was told of is on the chain. */
  void expectKept(List<String> chain) {
    assertThat(failure).isNull();
    acknowledged.forEach(
        (tx, place) -> {
          if (place.height() < chain.size()) {
            assertThat(chain.get((int) place.height()))
                .as("the block in which " + tx + " was final")
                .isEqualTo(place.blockHash());
          }
        });
  }

  @Override
  public void close() {
    ended = true;
    if (thread != null) {
      try {
        thread.join(60_000);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
