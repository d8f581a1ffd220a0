package dev.klay.consensus.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.consensus.wire.WireLimits;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The parts of a link, each with a clock of the test. */
class LinkPartsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  // Sending

  @Test
  void consensusGoesBeforeBlocksAndThoseBeforeTransactions() {
    SendQueue queue = new SendQueue(TcpLimits.of(4, 1000));
    queue.offer(SendQueue.Kind.TRANSACTIONS, Bytes.of((byte) 3));
    queue.offer(SendQueue.Kind.BLOCKS, Bytes.of((byte) 2));
    queue.offer(SendQueue.Kind.CONSENSUS, Bytes.of((byte) 1));
    queue.offer(SendQueue.Kind.CONSENSUS, Bytes.of((byte) 0));
    List<Integer> order = new ArrayList<>();
    for (Optional<Bytes> next = queue.poll(); next.isPresent(); next = queue.poll()) {
      order.add((int) next.orElseThrow().get(0));
    }
    assertThat(order).containsExactly(1, 0, 2, 3);
  }

  @Test
  void eachKindHasRoomOfItsOwnAndOneFrameAlwaysFits() {
    TcpLimits limits = TcpLimits.of(4, 1000);
    SendQueue queue = new SendQueue(limits);
    Bytes huge = Bytes.wrap(new byte[(int) limits.transactionsBytesMax() + 1]);
    Bytes half = Bytes.wrap(new byte[(int) limits.transactionsBytesMax() / 2]);
    assertThat(queue.offer(SendQueue.Kind.TRANSACTIONS, huge)).isTrue();
    assertThat(queue.offer(SendQueue.Kind.TRANSACTIONS, half)).isFalse();
    assertThat(queue.offer(SendQueue.Kind.CONSENSUS, half)).isTrue();
    assertThat(queue.poll()).contains(half);
    assertThat(queue.poll()).contains(huge);
    assertThat(queue.offer(SendQueue.Kind.TRANSACTIONS, half)).isTrue();
    assertThat(queue.offer(SendQueue.Kind.TRANSACTIONS, half)).isTrue();
    assertThat(queue.offer(SendQueue.Kind.TRANSACTIONS, Bytes.of((byte) 1))).isFalse();
  }

  // Rates

  @Test
  void fourSecondsWorthMayComeAtOnceAndThenSoManyASecond() {
    RateLimit limit = new RateLimit(10, 0);
    for (int i = 0; i < 40; i++) {
      assertThat(limit.take(1, 0)).isTrue();
    }
    assertThat(limit.take(1, 0)).isFalse();
    assertThat(limit.take(10, SECOND)).isTrue();
    assertThat(limit.take(1, SECOND)).isFalse();
    assertThat(limit.isFlooded()).isFalse();
    for (int i = 0; i < 40; i++) {
      assertThat(limit.take(1, SECOND)).isFalse();
    }
    assertThat(limit.isFlooded()).isTrue();
  }

  @Test
  void halfOpenConnectionsAreFewInAllAndFewerFromOneHost() throws UnknownHostException {
    TcpLimits limits = TcpLimits.of(4, 1000);
    HalfOpen halfOpen = new HalfOpen(limits);
    InetAddress far = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    for (int i = 0; i < limits.halfOpenPerHostMax(); i++) {
      assertThat(halfOpen.begin(far)).isTrue();
    }
    assertThat(halfOpen.begin(far)).isFalse();
    halfOpen.end(far);
    assertThat(halfOpen.begin(far)).isTrue();
    for (int i = halfOpen.total(); i < limits.halfOpenMax(); i++) {
      assertThat(halfOpen.begin(InetAddress.getLoopbackAddress())).isTrue();
    }
    assertThat(halfOpen.begin(InetAddress.getLoopbackAddress())).isFalse();
  }

  // Dialling

  private static PeerAddress peer(int number) {
    return new PeerAddress(
        "peer",
        NodeRole.CONSENSUS,
        Neighbour.key(number).address(),
        Optional.of(new Endpoint("127.0.0.1", number)));
  }

  @Test
  void attemptsComeAtGrowingIntervalsUntilALinkIsMade() {
    List<PeerAddress> dialled = new ArrayList<>();
    PeerAddress target = peer(1);
    TcpLimits limits = TcpLimits.of(4, 1000);
    Dialer dialer =
        new Dialer(Address.ZERO, List.of(target, peer(2)), limits, new Random(5), 0, dialled::add);
    List<Long> attempts = new ArrayList<>();
    for (long now = 0; now < 60 * SECOND; now += SECOND / 20) {
      int before = dialled.size();
      dialer.tick(now, address -> address.equals(peer(2).identity()));
      if (dialled.size() > before) {
        attempts.add(now / 1_000_000);
        dialer.ended(target, false, now);
      }
    }
    assertThat(dialled).containsOnly(target);
    assertThat(attempts.get(0)).isZero();
    assertThat(attempts.get(1)).isBetween(100L, 400L);
    long last = attempts.get(attempts.size() - 1) - attempts.get(attempts.size() - 2);
    assertThat(last).isBetween(1_000L, 3_100L);
    assertThat(attempts).hasSizeBetween(20, 60);

    dialer.ended(target, true, 60 * SECOND);
    dialer.tick(61 * SECOND, address -> false);
    assertThat(dialled.get(dialled.size() - 1)).isIn(target, peer(2));
  }

  @Test
  void aNodeDoesNotDialItself() {
    List<PeerAddress> dialled = new ArrayList<>();
    new Dialer(
            peer(1).identity(),
            List.of(peer(1)),
            TcpLimits.of(4, 1000),
            new Random(5),
            0,
            dialled::add)
        .tick(10 * SECOND, address -> false);
    assertThat(dialled).isEmpty();
  }

  // Signers

  @Test
  void aSignatureIsRecoveredOnceAndFewAreRemembered() {
    int[] asked = {0};
    SignerRecovery counting =
        (digest, signature) -> {
          asked[0]++;
          return Address.ZERO;
        };
    SharedRecovery shared = new SharedRecovery(counting);
    shared.recover(Hash.ZERO, Bytes.EMPTY);
    shared.recover(Hash.ZERO, Bytes.EMPTY);
    assertThat(asked[0]).isEqualTo(1);
    for (int i = 0; i < 3 * SharedRecovery.GENERATION_MAX; i++) {
      byte[] digest = new byte[32];
      digest[0] = (byte) (i >> 16);
      digest[1] = (byte) (i >> 8);
      digest[2] = (byte) i;
      shared.recover(Hash.wrap(digest), Bytes.of((byte) 1));
    }
    assertThat(shared.size()).isLessThanOrEqualTo(2 * SharedRecovery.GENERATION_MAX);
  }

  // Bytes

  /** Whatever comes, the reader gives frames, waits, or refuses by its own exception. */
  @Property(tries = 500)
  void anyBytesAreFramesOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
    FrameReader reader = new FrameReader(new WireLimits(1 << 20), () -> 0);
    EmbeddedChannel channel = new EmbeddedChannel(reader);
    reader.linked();
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes));
      for (Bytes frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
        assertThat(frame.size()).isBetween(1, bytes.length - 4);
      }
    } catch (DecoderException | FrameReader.OversizedException refused) {
      assertThat(bytes.length).isGreaterThanOrEqualTo(4);
    }
    channel.releaseInbound();
  }

  @Test
  void framesThatComeInPiecesAreWhole() {
    FrameReader reader = new FrameReader(new WireLimits(1 << 20), () -> 5);
    EmbeddedChannel channel = new EmbeddedChannel(reader);
    reader.linked();
    byte[] stream = {0, 0, 0, 2, 7, 8, 0, 0, 0, 0, 0, 0, 0, 1, 9};
    for (byte b : stream) {
      channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {b}));
    }
    assertThat(channel.<Bytes>readInbound()).isEqualTo(Bytes.of((byte) 7, (byte) 8));
    assertThat(channel.<Bytes>readInbound()).isEqualTo(Bytes.of((byte) 9));
    assertThat(reader.arrivingNanos()).isZero();
  }

  @Property(tries = 500)
  void anyBytesAreAHelloOrRefused(@ForAll @Size(max = 80) byte[] bytes) {
    try {
      Hello hello = Hello.decode(Bytes.wrap(bytes));
      assertThat(hello.version()).isNotNegative();
    } catch (DecodingException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @Test
  void aHelloIsReadAsWrittenAndALaterOneAsFarAsItsVersion() {
    Hello hello = new Hello(1, 3, 1000, Hash.ZERO, Hash.ZERO, NodeRole.RANGER, 12);
    assertThat(Hello.decode(hello.encode())).isEqualTo(hello);
    Hello later = new Hello(9, 3, 1000, Hash.ZERO, Hash.ZERO, NodeRole.RANGER, 12);
    assertThat(Hello.decode(later.encode()).version()).isEqualTo(9);
    assertThatThrownBy(() -> Hello.decode(Bytes.EMPTY)).isInstanceOf(DecodingException.class);
  }
}
