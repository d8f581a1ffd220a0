package dev.klay.consensus.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.wire.FrameType;
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
    SendQueue queue = new SendQueue(TcpLimits.of(4, 1000), new Backlog(100));
    queue.offer(SendQueue.Kind.TRANSACTIONS, waiting(Bytes.of((byte) 3)));
    queue.offer(SendQueue.Kind.BLOCKS, waiting(Bytes.of((byte) 2)));
    queue.offer(SendQueue.Kind.CONSENSUS, waiting(Bytes.of((byte) 1)));
    queue.offer(SendQueue.Kind.CONSENSUS, waiting(Bytes.of((byte) 0)));
    List<Integer> order = new ArrayList<>();
    for (var next = queue.poll(); next.isPresent(); next = queue.poll()) {
      order.add((int) next.orElseThrow().bytes().get(0));
    }
    assertThat(order).containsExactly(1, 0, 2, 3);
  }

  @Test
  void eachKindHasRoomOfItsOwnAndOneFrameAlwaysFits() {
    TcpLimits limits = TcpLimits.of(4, 1000);
    SendQueue queue = new SendQueue(limits, new Backlog(Long.MAX_VALUE));
    Backlog.Waiting huge = waiting(Bytes.wrap(new byte[(int) limits.transactionsBytesMax() + 1]));
    Backlog.Waiting half = waiting(Bytes.wrap(new byte[(int) limits.transactionsBytesMax() / 2]));
    assertThat(queue.offer(SendQueue.Kind.TRANSACTIONS, huge)).isTrue();
    assertThat(queue.offer(SendQueue.Kind.TRANSACTIONS, half)).isFalse();
    assertThat(queue.offer(SendQueue.Kind.CONSENSUS, half)).isTrue();
    assertThat(queue.poll()).contains(half);
    assertThat(queue.poll()).contains(huge);
    assertThat(queue.offer(SendQueue.Kind.TRANSACTIONS, half)).isTrue();
    assertThat(queue.offer(SendQueue.Kind.TRANSACTIONS, half)).isTrue();
    assertThat(queue.offer(SendQueue.Kind.TRANSACTIONS, waiting(Bytes.of((byte) 1)))).isFalse();
    queue.close();
    assertThat(queue.offer(SendQueue.Kind.CONSENSUS, half)).isFalse();
  }

  private static Backlog.Waiting waiting(Bytes frame) {
    return new Backlog.Waiting(frame);
  }

  @Test
  void aFrameForManyPeersWaitsOnceAndNothingIsLeftBehind() {
    Backlog backlog = new Backlog(150);
    Backlog.Waiting frame = waiting(Bytes.wrap(new byte[100]));
    SendQueue one = new SendQueue(TcpLimits.of(4, 1000), backlog);
    SendQueue other = new SendQueue(TcpLimits.of(4, 1000), backlog);
    one.offer(SendQueue.Kind.BLOCKS, frame);
    other.offer(SendQueue.Kind.BLOCKS, frame);
    assertThat(backlog.bytes()).isEqualTo(100);
    assertThat(backlog.isTooLong()).isFalse();
    other.offer(SendQueue.Kind.CONSENSUS, waiting(Bytes.wrap(new byte[60])));
    assertThat(backlog.isTooLong()).isTrue();
    assertThat(other.bytes()).isEqualTo(160);
    other.close();
    assertThat(backlog.bytes()).isEqualTo(100);
    backlog.release(one.poll().orElseThrow());
    assertThat(backlog.bytes()).isZero();
  }

  // What a peer may send

  private static PeerAllowance allowance(NodeRole role, long[] nanos) {
    RangerShare share = new RangerShare(() -> nanos[0]);
    return new PeerAllowance(role, TcpLimits.of(4, 1000), share, () -> nanos[0]);
  }

  @Test
  void aRangerSendsNoMessagesOfTheProtocolAndBlocksOnlyWhenAsked() {
    PeerAllowance ranger = allowance(NodeRole.RANGER, new long[] {0});
    for (int type : List.of(FrameType.PROPOSAL, FrameType.COMMIT, FrameType.EVIDENCE)) {
      assertThat(ranger.refuse(type, 100)).contains(DropCause.UNASKED);
      assertThat(ranger.bytesMax(type, new WireLimits(1 << 20)))
          .isEqualTo(WireLimits.VOTE_BYTES_MAX);
    }
    for (int i = 0; i < 2; i++) { // as many as may still come from an earlier link
      assertThat(ranger.refuse(FrameType.BLOCKS, 1 << 20)).isEmpty();
    }
    assertThat(ranger.refuse(FrameType.BLOCKS, 100)).contains(DropCause.UNASKED);
    assertThat(ranger.bytesMax(FrameType.BLOCKS, new WireLimits(1 << 20)))
        .isEqualTo(WireLimits.VOTE_BYTES_MAX);
    ranger.awaitAnswer();
    assertThat(ranger.bytesMax(FrameType.BLOCKS, new WireLimits(1 << 20))).isGreaterThan(1 << 20);
    assertThat(ranger.refuse(FrameType.BLOCKS, 1 << 20)).isEmpty();
    assertThat(allowance(NodeRole.CONSENSUS, new long[] {0}).refuse(FrameType.PROPOSAL, 100))
        .isEmpty();
  }

  @Test
  void validatorsMaySendMoreFramesThanRangersAndWhoGoesOnIsCutOff() {
    TcpLimits limits = TcpLimits.of(4, 1000);
    assertThat(burst(NodeRole.CONSENSUS)).isEqualTo(4 * (64 + 8 * 4));
    assertThat(burst(NodeRole.RANGER)).isEqualTo(4 * 50);
    assertThat(TcpLimits.of(4, 100).rangerFramesPerSecond())
        .isEqualTo(limits.rangerFramesPerSecond()); // no matter how fast the chain is
    PeerAllowance ranger = allowance(NodeRole.RANGER, new long[] {0});
    List<Optional<DropCause>> verdicts = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      verdicts.add(ranger.refuse(FrameType.STATUS, 100));
    }
    assertThat(verdicts).contains(Optional.of(DropCause.RATE), Optional.of(DropCause.FLOODING));
  }

  private static int burst(NodeRole role) {
    PeerAllowance allowance = allowance(role, new long[] {0});
    int taken = 0;
    while (allowance.refuse(FrameType.STATUS, 100).isEmpty()) {
      taken++;
    }
    return taken;
  }

  @Test
  void onlySignaturesThatNobodySawYetCountAndTheyAreLimited() {
    PeerAllowance allowance = allowance(NodeRole.CONSENSUS, new long[] {0});
    SharedRecovery shared = new SharedRecovery((digest, signature) -> Address.ZERO);
    SignerRecovery recovery = allowance.recovery(shared);
    for (int i = 0; i < 10_000; i++) {
      recovery.recover(Hash.ZERO, Bytes.EMPTY);
    }
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                recovery.recover(Hash.ZERO, Bytes.of((byte) (i >> 8), (byte) i));
              }
            })
        .isInstanceOf(PeerAllowance.TooManySignaturesException.class);
    assertThat(shared.size()).isEqualTo(4 * 2 * (64 + 8 * 4));
  }

  @Test
  void oneRangerCannotTakeTheTransactionsOfAllOthers() {
    long[] nanos = {0};
    RangerShare share = new RangerShare(() -> nanos[0]);
    TcpLimits limits = TcpLimits.of(4, 1000);
    PeerAllowance greedy = new PeerAllowance(NodeRole.RANGER, limits, share, () -> nanos[0]);
    PeerAllowance modest = new PeerAllowance(NodeRole.RANGER, limits, share, () -> nanos[0]);
    int taken = 0;
    while (greedy.refuse(FrameType.TRANSACTIONS, 10_000).isEmpty()) {
      taken++;
    }
    assertThat(taken).isBetween(800, 900); // four seconds' worth of what is common
    for (int second = 0; second < 5; second++) {
      assertThat(modest.refuse(FrameType.TRANSACTIONS, 20_000)).isEmpty();
      nanos[0] += SECOND;
      while (greedy.refuse(FrameType.TRANSACTIONS, 1_000).isEmpty()) {
        taken++;
      }
    }
  }

  @Test
  void hashesOfTransactionsAreCountedLikeTransactions() {
    long[] nanos = {0};
    PeerAllowance allowance = allowance(NodeRole.RANGER, nanos);
    assertThat(allowance.refuse(FrameType.ANNOUNCEMENT, 8 << 10)).isEmpty();
    assertThat(allowance.refuse(FrameType.GET_TRANSACTIONS, 8 << 10)).isEmpty();
    int taken = 0;
    while (allowance.refuseHashes(256).isEmpty()) {
      taken += 256;
    }
    assertThat(taken).isBetween(39_000, 40_000);
    assertThat(allowance.refuseTransactions(100)).as("have room of their own").isEmpty();
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
    HalfOpen halfOpen = new HalfOpen(limits, 0);
    InetAddress far = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    for (int i = 0; i < limits.halfOpenPerHostMax(); i++) {
      assertThat(halfOpen.begin(far, 0)).isTrue();
    }
    assertThat(halfOpen.begin(far, 0)).isFalse();
    halfOpen.end(far);
    assertThat(halfOpen.begin(far, 0)).isTrue();
    for (int i = halfOpen.total(); i < limits.halfOpenMax(); i++) {
      assertThat(halfOpen.begin(InetAddress.getLoopbackAddress(), 0)).isTrue();
    }
    assertThat(halfOpen.begin(InetAddress.getLoopbackAddress(), 0)).isFalse();
  }

  @Test
  void onlySoManyHandshakesMayBeginInASecond() throws UnknownHostException {
    TcpLimits limits = TcpLimits.of(4, 1000);
    HalfOpen halfOpen = new HalfOpen(limits, 0);
    InetAddress host = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    for (int i = 0; i < 4 * limits.handshakesPerSecond(); i++) {
      assertThat(halfOpen.begin(host, 0)).isTrue();
      halfOpen.end(host);
    }
    assertThat(halfOpen.begin(host, 0)).isFalse();
    assertThat(halfOpen.begin(host, SECOND)).isTrue();
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
    reader.linked(new WireLimits(1 << 20)::bytesMax);
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
    reader.linked(new WireLimits(1 << 20)::bytesMax);
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
