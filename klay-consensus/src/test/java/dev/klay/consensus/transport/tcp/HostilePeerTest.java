package dev.klay.consensus.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.wire.FrameCodec;
import dev.klay.consensus.wire.MessageCodec;
import dev.klay.consensus.wire.Samples;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.consensus.wire.WireLimits;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever breaks a rule is cut off for a reason that is counted; the honest peer beside stays
 * linked all the time.
 */
@Timeout(120)
class HostilePeerTest {
  private static final int VICTIM = 1;
  private static final int HONEST = 2;
  private static final int HOSTILE = 3;
  private static final int STRANGER = 99;

  private final FrameCodec codec =
      new FrameCodec(
          new MessageCodec(Samples.GENESIS, SignerRecovery.SECP256K1, Samples.Stone.FORMAT),
          Samples.Stone.FORMAT,
          new WireLimits(Neighbour.BLOCK_BYTES_MAX));

  private interface Attack {
    void on(Neighbour victim) throws IOException, GeneralSecurityException;
  }

  /** Runs an attack, expects its reason, and that the honest peer is still heard. */
  private static void expect(DropCause cause, TcpLimits limits, Attack attack)
      throws IOException, GeneralSecurityException {
    Neighbour.Plan plan = Neighbour.of(VICTIM).allows(VICTIM, HONEST, HOSTILE);
    plan.limits = limits;
    Neighbour.Plan honestPlan = Neighbour.of(HONEST).allows(VICTIM, HONEST);
    honestPlan.limits = limits;
    try (Neighbour victim = plan.start();
        Neighbour honest = honestPlan.knows(victim).start()) {
      victim.awaitUp(honest);
      attack.on(victim);
      victim.awaitDrop(cause);
      victim.frames.clear();
      honest.transport.send(victim.self, TcpTransportTest.knowledge(123));
      while (!victim.nextFrame().equals(TcpTransportTest.knowledge(123))) {
        // frames of the attacker that were lawful
      }
      assertThat(victim.events).doesNotContain("down " + honest.self);
    }
  }

  private static void expect(DropCause cause, Attack attack)
      throws IOException, GeneralSecurityException {
    expect(cause, TcpLimits.of(4, 1000), attack);
  }

  private static Hello hello() {
    return new Hello(
        Hello.VERSION,
        Hello.MINOR,
        Neighbour.CHAIN_ID,
        Samples.GENESIS,
        Neighbour.PARAMETERS,
        NodeRole.CONSENSUS,
        0);
  }

  private static RawPeer linked(Neighbour victim) throws IOException, GeneralSecurityException {
    RawPeer peer = RawPeer.connect(victim.transport.port(), Neighbour.key(HOSTILE));
    peer.send(hello().encode());
    assertThat(Hello.decode(peer.receive()).height()).isEqualTo(7);
    return peer;
  }

  // Who may connect

  @Test
  void aStrangerIsRefused() throws IOException, GeneralSecurityException {
    expect(
        DropCause.STRANGER,
        victim -> {
          try (RawPeer peer = RawPeer.connect(victim.transport.port(), Neighbour.key(STRANGER))) {
            peer.awaitEnd();
          }
        });
  }

  @Test
  void aCertificateThatNoNodeKeyVouchesForIsRefused() throws IOException, GeneralSecurityException {
    Instant now = Instant.now();
    PeerCertificate one = PeerCertificate.issue(Neighbour.key(HOSTILE), now, new SecureRandom());
    PeerCertificate old =
        PeerCertificate.issue(
            Neighbour.key(HOSTILE), now.minus(Duration.ofDays(800)), new SecureRandom());
    PeerCertificate unbound = UnboundCertificate.issue();
    assertThat(PeerCertificate.verify(one.certificate(), now))
        .isEqualTo(Neighbour.key(HOSTILE).address());
    for (PeerCertificate bad : List.of(old, unbound)) {
      expect(
          DropCause.BAD_CERTIFICATE,
          victim -> {
            try (RawPeer peer = RawPeer.connect(victim.transport.port(), bad, "TLSv1.3")) {
              peer.awaitEnd();
            }
          });
    }
  }

  @Test
  void onlyMutualTlsOfVersionThreeIsSpoken() throws IOException, GeneralSecurityException {
    expect(
        DropCause.TLS,
        victim -> {
          try (Socket plain = new Socket("127.0.0.1", victim.transport.port())) {
            plain
                .getOutputStream()
                .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            plain.getInputStream().readAllBytes();
          }
        });
    expect(
        DropCause.TLS,
        victim -> {
          try (RawPeer peer = RawPeer.anonymous(victim.transport.port())) {
            peer.awaitEnd();
          }
        });
    expect(
        DropCause.TLS,
        victim -> {
          PeerCertificate own =
              PeerCertificate.issue(Neighbour.key(HOSTILE), Instant.now(), new SecureRandom());
          try (RawPeer peer = RawPeer.connect(victim.transport.port(), own, "TLSv1.2")) {
            peer.awaitEnd();
          }
        });
  }

  @Test
  void anotherProcessWithTheOwnKeyIsRefused() throws IOException, GeneralSecurityException {
    expect(
        DropCause.OWN_KEY,
        victim -> {
          try (RawPeer peer = RawPeer.connect(victim.transport.port(), Neighbour.key(VICTIM))) {
            peer.handshake();
            peer.awaitEnd();
          }
        });
  }

  @Test
  void somebodyElseAtAPeersAddressIsRefused() {
    try (Neighbour other = Neighbour.of(HOSTILE).allows(VICTIM, HOSTILE).start()) {
      Neighbour.Plan plan = Neighbour.of(VICTIM).allows(HOSTILE, HONEST);
      plan.peers.add(
          new PeerAddress(
              "honest",
              NodeRole.CONSENSUS,
              Neighbour.key(HONEST).address(),
              other.address().endpoint()));
      try (Neighbour victim = plan.start()) {
        victim.awaitDrop(DropCause.WRONG_IDENTITY);
        assertThat(victim.events).isEmpty();
      }
    }
  }

  // Hello

  private static void expectAfterHello(DropCause cause, Hello said)
      throws IOException, GeneralSecurityException {
    expect(
        cause,
        victim -> {
          try (RawPeer peer = RawPeer.connect(victim.transport.port(), Neighbour.key(HOSTILE))) {
            peer.send(said.encode());
            peer.awaitEnd();
          }
        });
  }

  @Test
  void anotherVersionChainGenesisOrParametersAreRefused()
      throws IOException, GeneralSecurityException {
    long chain = Neighbour.CHAIN_ID;
    Hash genesis = Samples.GENESIS;
    Hash parameters = Neighbour.PARAMETERS;
    NodeRole role = NodeRole.CONSENSUS;
    expectAfterHello(DropCause.WRONG_VERSION, new Hello(2, 0, chain, genesis, parameters, role, 0));
    expectAfterHello(DropCause.WRONG_CHAIN, new Hello(1, 0, 1001, genesis, parameters, role, 0));
    expectAfterHello(
        DropCause.WRONG_GENESIS, new Hello(1, 0, chain, Hash.ZERO, parameters, role, 0));
    expectAfterHello(
        DropCause.WRONG_PARAMETERS, new Hello(1, 0, chain, genesis, Hash.ZERO, role, 0));
  }

  @Test
  void aPeerThatMisbehavedMayNotComeBackAtOnce() throws IOException, GeneralSecurityException {
    expect(
        DropCause.PENALTY,
        victim -> {
          try (RawPeer peer = linked(victim)) {
            peer.send(Bytes.of((byte) 1));
            peer.awaitEnd();
          }
          victim.awaitDrop(DropCause.MALFORMED);
          try (RawPeer again = RawPeer.connect(victim.transport.port(), Neighbour.key(HOSTILE))) {
            again.handshake();
            again.awaitEnd();
          }
        });
  }

  // Frames

  @Test
  void bytesThatAreNoFrameEndTheLink() throws IOException, GeneralSecurityException {
    List<Bytes> bad =
        List.of(
            Bytes.of((byte) 0x05),
            Bytes.of((byte) 0xc1, (byte) 0x05),
            RlpWriter.encodeList(w -> w.integer(0x20).integer(1)),
            RlpWriter.encodeList(w -> w.integer(0x7f).integer(1)),
            codec.encode(TcpTransportTest.knowledge(1)).slice(0, 20));
    for (Bytes frame : bad) {
      expect(
          DropCause.MALFORMED,
          victim -> {
            try (RawPeer peer = linked(victim)) {
              peer.send(frame);
              peer.awaitEnd();
            }
          });
    }
  }

  @Test
  void aFrameIsJudgedByItsLengthBeforeItComes() throws IOException, GeneralSecurityException {
    byte[] longest = ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array();
    byte[] negative = ByteBuffer.allocate(4).putInt(-1).array();
    // a vote of 2 KiB: a list of 2,045 bytes whose first item is the type of a PREPARE
    byte[] longVote =
        ByteBuffer.allocate(11)
            .putInt(2048)
            .put(new byte[] {(byte) 0xf9, 0x07, (byte) 0xfd, 0x13, 1, 1, 1})
            .array();
    for (byte[] start : List.of(longest, negative, longVote)) {
      expect(
          DropCause.OVERSIZED,
          victim -> {
            try (RawPeer peer = linked(victim)) {
              peer.sendRaw(start);
              peer.awaitEnd();
            }
          });
    }
  }

  @Test
  void beforeTheHelloNothingLongerThanOneIsRead() throws IOException, GeneralSecurityException {
    expect(
        DropCause.OVERSIZED,
        victim -> {
          try (RawPeer peer = RawPeer.connect(victim.transport.port(), Neighbour.key(HOSTILE))) {
            peer.sendRaw(ByteBuffer.allocate(4).putInt(Hello.SIZE_BYTES_MAX + 1).array());
            peer.awaitEnd();
          }
        });
  }

  // Time

  @Test
  void whoSaysNothingIsCutOff() throws IOException, GeneralSecurityException {
    TcpLimits impatient = TcpLimits.of(4, 1000).withTimes(400, 10_000, 10_000, 1000);
    expect(
        DropCause.HANDSHAKE_TIMEOUT,
        impatient,
        victim -> {
          try (Socket mute = new Socket("127.0.0.1", victim.transport.port())) {
            mute.getInputStream().readAllBytes();
          }
        });
    expect(
        DropCause.HANDSHAKE_TIMEOUT,
        impatient,
        victim -> {
          try (RawPeer peer = RawPeer.connect(victim.transport.port(), Neighbour.key(HOSTILE))) {
            peer.handshake();
            peer.awaitEnd();
          }
        });
    expect(
        DropCause.SILENT,
        TcpLimits.of(4, 1000).withTimes(5_000, 1_000, 10_000, 1000),
        victim -> {
          try (RawPeer peer = linked(victim)) {
            peer.awaitEnd();
          }
        });
  }

  @Test
  void aFrameThatDripsInIsCutOff() throws IOException, GeneralSecurityException {
    expect(
        DropCause.SLOW,
        TcpLimits.of(4, 1000).withTimes(5_000, 10_000, 500, 1000),
        victim -> {
          try (RawPeer peer = linked(victim)) {
            peer.sendRaw(ByteBuffer.allocate(5).putInt(500).put((byte) 0xf9).array());
            peer.awaitEnd();
          }
        });
  }

  // Amount

  @Test
  void whoFloodsIsDroppedThenCutOff() throws IOException, GeneralSecurityException {
    expect(
        DropCause.FLOODING,
        victim -> {
          Bytes frame = codec.encode(TcpTransportTest.knowledge(1));
          try (RawPeer peer = linked(victim)) {
            for (int i = 0; i < 20_000; i++) {
              peer.send(frame);
            }
          } catch (IOException cutOff) {
            // before all was sent
          }
          victim.awaitDrop(DropCause.RATE);
        });
  }

  @Test
  void onlySoManyConnectionsMayBeHalfOpen() throws IOException, GeneralSecurityException {
    expect(
        DropCause.HALF_OPEN_MAX,
        victim -> {
          List<Socket> sockets = new ArrayList<>();
          try {
            for (int i = 0; i < 40; i++) {
              sockets.add(new Socket("127.0.0.1", victim.transport.port()));
            }
            victim.awaitDrop(DropCause.HALF_OPEN_MAX);
          } finally {
            for (Socket socket : sockets) {
              socket.close();
            }
          }
          try (Socket oneMore = new Socket("127.0.0.1", victim.transport.port())) {
            assertThat(oneMore.isConnected()).isTrue();
          }
          victim.drops.add(DropCause.HALF_OPEN_MAX); // seen above
        });
  }

  @Test
  void rangersMayNotTakeAllPlaces() throws IOException, GeneralSecurityException {
    TcpLimits full = TcpLimits.of(4, 1000).withTimes(60_000, 300_000, 60_000, 10_000);
    Neighbour.Plan plan = Neighbour.of(VICTIM).allows(VICTIM);
    plan.limits = full; // the first ones are silent while the last ones connect
    for (int i = 10; i < 10 + full.rangersMax() + 1; i++) {
      plan.peers.add(
          new PeerAddress("ranger", NodeRole.RANGER, Neighbour.key(i).address(), Optional.empty()));
    }
    List<RawPeer> rangers = new ArrayList<>();
    try (Neighbour victim = plan.start()) {
      for (int i = 10; i < 10 + full.rangersMax() + 1; i++) {
        RawPeer ranger = RawPeer.connect(victim.transport.port(), Neighbour.key(i));
        rangers.add(ranger);
        ranger.send(hello().encode());
        ranger.receive();
      }
      victim.awaitDrop(DropCause.RANGERS_MAX);
    } finally {
      for (RawPeer ranger : rangers) {
        ranger.close();
      }
    }
  }
}
