package dev.klay.consensus.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.LeftThreads;
import dev.klay.consensus.NodeRole;
import dev.klay.consensus.bft.Status;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.wire.Samples;
import dev.klay.crypto.primitive.Hash;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Honest nodes over real sockets. */
@Timeout(120)
class TcpTransportTest {
  static Frame knowledge(long height) {
    Status status =
        new Status(height, Hash.ZERO, 0, false, new BitSet(), new BitSet(), new BitSet());
    return new Frame.Knowledge(status, 1);
  }

  @Test
  void twoNodesHearOfEachOtherAndOfWhatTheySend() {
    try (Neighbour one = Neighbour.of(1).allows(1, 2).start();
        Neighbour two = Neighbour.of(2).knows(one).allows(1, 2).start()) {
      one.awaitUp(two);
      two.awaitUp(one);
      one.transport.send(two.self, knowledge(3));
      two.transport.send(one.self, knowledge(4));
      assertThat(two.nextFrame()).isEqualTo(knowledge(3));
      assertThat(one.nextFrame()).isEqualTo(knowledge(4));
    }
  }

  @Test
  void nodesThatBothConnectKeepOneLink() throws IOException {
    int port = freePort();
    PeerAddress first =
        new PeerAddress(
            "first",
            NodeRole.CONSENSUS,
            Neighbour.key(1).address(),
            Optional.of(new Endpoint("127.0.0.1", port)));
    Neighbour.Plan plan = Neighbour.of(2).allows(1, 2);
    plan.peers.add(first);
    try (Neighbour two = plan.start();
        TcpTransport transport = listeningAt(port, two)) {
      transport.start(Neighbour.key(1).address(), NodeRole.CONSENSUS, two);
      for (int i = 0; i < 50; i++) {
        transport.send(two.self, knowledge(i + 1));
      }
      // whichever link won, the peer is there in the end and frames come through
      String last = "";
      for (int i = 0; !last.startsWith("up " + Neighbour.key(1).address()) && i < 10; i++) {
        last = two.events.take();
      }
      assertThat(last).startsWith("up");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static TcpTransport listeningAt(int port, Neighbour peer) {
    return new TcpTransport(
        new TcpConfig(
            "first",
            Neighbour.key(1),
            Neighbour.CHAIN_ID,
            Samples.GENESIS,
            Neighbour.PARAMETERS,
            Optional.of(new Endpoint("127.0.0.1", port)),
            List.of(peer.address()),
            () -> List.of(Neighbour.key(1).address(), Neighbour.key(2).address()),
            () -> 0,
            Samples.Stone.FORMAT,
            Neighbour.BLOCK_BYTES_MAX,
            TcpLimits.of(4, 1000),
            Clock.systemUTC(),
            new Random(2),
            cause -> {}));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aNodeThatComesBackIsReachedAgain() throws IOException {
    int port = freePort();
    Neighbour.Plan plan = Neighbour.of(2).allows(1, 2);
    plan.peers.add(
        new PeerAddress(
            "first",
            NodeRole.CONSENSUS,
            Neighbour.key(1).address(),
            Optional.of(new Endpoint("127.0.0.1", port))));
    try (Neighbour two = plan.start()) {
      for (int life = 0; life < 3; life++) {
        try (TcpTransport transport = listeningAt(port, two)) {
          transport.start(Neighbour.key(1).address(), NodeRole.CONSENSUS, two);
          awaitEvent(two, "up " + Neighbour.key(1).address());
        }
        awaitEvent(two, "down " + Neighbour.key(1).address());
      }
    }
  }

  private static void awaitEvent(Neighbour node, String start) {
    try {
      for (String event = node.events.take(); !event.startsWith(start); ) {
        event = node.events.take();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRangerThatCallsItselfAValidatorStaysARanger() {
    Neighbour.Plan plan = Neighbour.of(1).allows(1);
    Neighbour.Plan liar = Neighbour.of(2).allows(1, 2);
    plan.peers.add(new PeerAddress("liar", NodeRole.RANGER, liar.key.address(), Optional.empty()));
    try (Neighbour one = plan.start();
        Neighbour two = liar.knows(one).start()) {
      assertThat(two.self).isNotNull();
      awaitEvent(one, "up " + two.self + " RANGER");
    }
  }

  @Test
  void aValidatorThatWasRemovedLosesItsLink() {
    Neighbour.Plan plan = Neighbour.of(1).allows(1, 2);
    try (Neighbour one = plan.start();
        Neighbour two = Neighbour.of(2).knows(one).allows(1, 2).start()) {
      one.awaitUp(two);
      plan.validators.remove(two.self);
      one.awaitDrop(DropCause.REMOVED);
      awaitEvent(one, "down " + two.self);
      one.awaitDrop(DropCause.STRANGER); // it tries again, and is not let in
    }
  }

  @Test
  void aPortThatIsTakenIsSaidSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0);
        Neighbour peer = Neighbour.of(2).start();
        TcpTransport transport = listeningAt(taken.getLocalPort(), peer)) {
      assertThatThrownBy(
              () -> transport.start(Neighbour.key(1).address(), NodeRole.CONSENSUS, peer))
          .isInstanceOf(TcpTransport.CannotListenException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void closingFreesThePortAndEndsTheThreads() throws IOException, InterruptedException {
    int port;
    try (Neighbour one = Neighbour.of(1).allows(1, 2).start();
        Neighbour two = Neighbour.of(2).knows(one).allows(1, 2).start()) {
      one.awaitUp(two);
      port = one.transport.port();
    }
    try (ServerSocket again = new ServerSocket(port)) {
      assertThat(again.getLocalPort()).isEqualTo(port);
    }
    assertThat(LeftThreads.named("klay-test")).isEmpty();
  }

  @Test
  void sendingToNobodyOrAfterTheEndDoesNothing() {
    Neighbour one = Neighbour.of(1).start();
    one.transport.send(Neighbour.key(9).address(), knowledge(1));
    one.close();
    one.transport.send(Neighbour.key(9).address(), knowledge(1));
    assertThat(one.transport.drops().all()).isEmpty();
  }
}
