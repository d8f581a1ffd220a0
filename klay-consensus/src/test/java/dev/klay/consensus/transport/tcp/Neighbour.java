package dev.klay.consensus.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.transport.Transport;
import dev.klay.consensus.wire.Samples;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A transport with a receiver that writes down what it hears. */
final class Neighbour implements Transport.Receiver, AutoCloseable {
  static final int BLOCK_BYTES_MAX = 1 << 20;
  static final long CHAIN_ID = 1000;

  private static final long PATIENCE_SECONDS = 30;

  static final Hash PARAMETERS = Hash.fromHex("0x" + "5a".repeat(32));

  /** What a test may change before the transport starts. */
  static final class Plan {
    final PrivateKey key;
    long chainId = CHAIN_ID;
    Hash genesis = Samples.GENESIS;
    NodeRole role = NodeRole.CONSENSUS;
    TcpLimits limits = TcpLimits.of(4, 1000);
    Collection<Address> validators = new CopyOnWriteArraySet<>();
    final List<PeerAddress> peers = new ArrayList<>();

    Plan(int number) {
      key = key(number);
    }

    Plan knows(Neighbour other) {
      peers.add(other.address());
      return this;
    }

    Plan allows(int... numbers) {
      for (int number : numbers) {
        validators.add(key(number).address());
      }
      return this;
    }

    Neighbour start() {
      return new Neighbour(this);
    }
  }

  final TcpTransport transport;
  final Address self;
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  final BlockingQueue<DropCause> drops = new LinkedBlockingQueue<>();
  private final NodeRole role;

  private Neighbour(Plan plan) {
    self = plan.key.address();
    role = plan.role;
    transport =
        new TcpTransport(
            new TcpConfig(
                "test" + self.toHex().substring(2, 6),
                plan.key,
                plan.chainId,
                plan.genesis,
                PARAMETERS,
                Optional.of(new Endpoint("127.0.0.1", 0)),
                plan.peers,
                () -> plan.validators,
                () -> 7,
                Samples.Stone.FORMAT,
                BLOCK_BYTES_MAX,
                plan.limits,
                Clock.systemUTC(),
                new Random(1),
                drops::add));
    transport.start(self, role, this);
  }

  static PrivateKey key(int number) {
    byte[] secret = new byte[PrivateKey.SIZE];
    secret[30] = 1;
    secret[31] = (byte) number;
    return PrivateKey.of(secret);
  }

  static Plan of(int number) {
    return new Plan(number);
  }

  PeerAddress address() {
    return new PeerAddress(
        "peer", role, self, Optional.of(new Endpoint("127.0.0.1", transport.port())));
  }

  @Override
  public void peerUp(Address peer, NodeRole peerRole) {
    events.add("up " + peer + " " + peerRole);
  }

  @Override
  public void peerDown(Address peer) {
    events.add("down " + peer);
  }

  @Override
  public void received(Address from, Frame frame) {
    frames.add(frame);
  }

  /** Waits until the peer is linked. */
  void awaitUp(Neighbour peer) {
    assertThat(next(events)).isEqualTo("up " + peer.self + " " + peer.role);
  }

  void awaitDrop(DropCause cause) {
    for (DropCause next = next(drops); next != cause; next = next(drops)) {
      assertThat(next).as("waiting for " + cause).isNotNull();
    }
  }

  Frame nextFrame() {
    return next(frames);
  }

  private static <T> T next(BlockingQueue<T> queue) {
    try {
      T item = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(item).as("nothing came").isNotNull();
      return item;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
