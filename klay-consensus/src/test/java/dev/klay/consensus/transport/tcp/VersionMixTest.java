package dev.klay.consensus.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.wire.FrameCodec;
import dev.klay.consensus.wire.MessageCodec;
import dev.klay.consensus.wire.Samples;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.consensus.wire.WireLimits;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpWriter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * While a network is upgraded one node after the other, nodes of two releases are linked. There is
 * no earlier release yet, so a bare socket speaks for those that came before and will come.
 */
@Timeout(120)
class VersionMixTest {
  private static final int OTHER = 3;

  private final FrameCodec codec =
      new FrameCodec(
          new MessageCodec(Samples.GENESIS, SignerRecovery.SECP256K1, Samples.Stone.FORMAT),
          Samples.Stone.FORMAT,
          new WireLimits(Neighbour.BLOCK_BYTES_MAX));

  private static RlpWriter begin(RlpWriter w, int version) {
    return w.integer(Hello.TYPE)
        .integer(version)
        .integer(Neighbour.CHAIN_ID)
        .hash(Samples.GENESIS)
        .hash(Neighbour.PARAMETERS)
        .integer(NodeRole.CONSENSUS.ordinal())
        .integer(5);
  }

  private void expectLinked(Bytes hello) throws IOException, GeneralSecurityException {
    try (Neighbour node = Neighbour.of(1).allows(1, OTHER).start();
        RawPeer other = RawPeer.connect(node.transport.port(), Neighbour.key(OTHER))) {
      other.send(hello);
      Hello answer = Hello.decode(other.receive());
      assertThat(answer.protocol()).isEqualTo("1.1");
      other.send(codec.encode(TcpTransportTest.knowledge(123)));
      assertThat(node.nextFrame()).isEqualTo(TcpTransportTest.knowledge(123));
      assertThat(node.transport.drops().all()).isEmpty();
    }
  }

  @Test
  void anEarlierMinorThatEndsSoonerIsLinked() throws IOException, GeneralSecurityException {
    expectLinked(RlpWriter.encodeList(w -> begin(w, Hello.VERSION)));
  }

  @Test
  void aLaterMinorWithMoreToSayIsLinked() throws IOException, GeneralSecurityException {
    expectLinked(
        RlpWriter.encodeList(
            w ->
                begin(w, Hello.VERSION)
                    .integer(Hello.MINOR + 1)
                    .list(inner -> inner.integer(17))
                    .integer(4)));
  }

  @Test
  void anotherVersionIsRefusedAndCounted() throws IOException, GeneralSecurityException {
    for (int version : new int[] {Hello.VERSION - 1, Hello.VERSION + 1}) {
      try (Neighbour node = Neighbour.of(1).allows(1, OTHER).start();
          RawPeer other = RawPeer.connect(node.transport.port(), Neighbour.key(OTHER))) {
        other.send(RlpWriter.encodeList(w -> begin(w, version)));
        other.awaitEnd();
        node.awaitDrop(DropCause.WRONG_VERSION);
        assertThat(node.transport.drops().all()).isEqualTo(Map.of(DropCause.WRONG_VERSION, 1L));
        assertThat(node.events).isEmpty();
      }
    }
  }
}
