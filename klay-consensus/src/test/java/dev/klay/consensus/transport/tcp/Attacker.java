package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.NodeRole;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hostile peer with a thread of its own: sends as fast as it is let, reads nothing, and comes
 * back whenever it is cut off.
 */
final class Attacker {
  /** What it does, many times a second. */
  enum Kind {
    STATUS_FLOOD,
    BLOCK_REQUESTS,
    FALSE_BLOCKS,
    TRANSACTION_FLOOD,
    HASH_FLOOD,
    GARBAGE,
    SLOW_BODY,
    HALF_OPEN,
    WRONG_HELLO,
    VOTES,
    /** Of a validator: everything that its signature allows. */
    VALIDATOR;

    static Kind ofRanger(int number) {
      return values()[number % VALIDATOR.ordinal()];
    }
  }

  private static final long PAUSE_MILLIS = 10;
  private static final int FRAMES_AT_ONCE = 10;

  /** Until it comes back; sooner it would be this machine that TLS keeps busy, not the victim. */
  private static final long AWAY_MILLIS = 2_000;

  private final Kind kind;
  private final ChainSpec spec;
  private final PrivateKey key;
  private final int port;
  private final LongSupplier height;
  private final HostileFrames frames;
  private final List<Bytes> prepared;
  private final CountDownLatch begun;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicLong sent;
  private final Thread thread;
  private volatile @Nullable RawPeer peer;
  private int next;

  /**
   * An attacker on one node that links itself at once and attacks later.
   *
   * @param begun starts the attack
   * @param height of the chain now
   * @param sent counts frames
   */
  Attacker(
      Kind kind,
      ChainSpec spec,
      PrivateKey key,
      int port,
      CountDownLatch begun,
      LongSupplier height,
      AtomicLong sent) {
    this.kind = kind;
    this.spec = spec;
    this.key = key;
    this.port = port;
    this.begun = begun;
    this.height = height;
    this.sent = sent;
    this.frames = new HostileFrames(spec, key, key.address().hashCode());
    this.prepared = prepare();
    this.thread = new Thread(this::run, "attacker-" + kind);
    thread.setDaemon(true);
    thread.start();
  }

  /** What takes long to make is made before. */
  private List<Bytes> prepare() {
    return switch (kind) {
      case FALSE_BLOCKS -> Stream.generate(frames::fakeBlocks).limit(2).toList();
      case TRANSACTION_FLOOD -> Stream.generate(() -> frames.transactions(40)).limit(4).toList();
      case VOTES -> Stream.of(frames.vote(1, 0), frames.evidence(1), frames.proposal(1)).toList();
      case VALIDATOR ->
          IntStream.range(1, 60)
              .boxed()
              .flatMap(
                  h ->
                      Stream.of(
                          frames.vote(h, 0),
                          frames.vote(h, 5),
                          frames.evidence(h),
                          h % 5 == 0 ? frames.hugeClaim(h) : frames.vote(h + 3, 1),
                          h % 5 == 1 ? frames.proposal(h) : frames.vote(h + 1, 2)))
              .toList();
      default -> List.of();
    };
  }

  private void run() {
    try {
      boolean attacking = false;
      while (!stop.await(attacking ? PAUSE_MILLIS : 1, TimeUnit.MILLISECONDS)) {
        try {
          linked();
          begun.await();
          attacking = true;
          attack();
        } catch (IOException | GeneralSecurityException cutOff) {
          disconnect(); // and once more
          stop.await(AWAY_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
    }
  }

  private RawPeer linked() throws IOException, GeneralSecurityException {
    RawPeer known = peer;
    if (known == null) {
      known = RawPeer.connect(port, key);
      peer = known;
      NodeRole role = kind == Kind.VALIDATOR ? NodeRole.CONSENSUS : NodeRole.RANGER;
      known.send(frames.hello(role).encode());
      known.receive();
    }
    return known;
  }

  private void attack() throws IOException, GeneralSecurityException, InterruptedException {
    RawPeer at = linked();
    switch (kind) {
      case STATUS_FLOOD -> many(at, frames.anyStatus());
      case BLOCK_REQUESTS -> many(at, frames.getBlocks());
      case FALSE_BLOCKS -> {
        many(at, frames.status(height.getAsLong() + 5)); // so that it is asked
        many(at, pick());
      }
      case TRANSACTION_FLOOD, VOTES -> many(at, pick());
      case HASH_FLOOD -> {
        many(at, frames.announcement()); // of nothing that it would send
        many(at, frames.getTransactions());
      }
      case GARBAGE -> many(at, frames.garbage());
      case SLOW_BODY -> {
        at.sendRaw(
            ByteBuffer.allocate(7).putInt(900_000).put(new byte[] {(byte) 0xfa, 13, 1}).array());
        while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          at.sendRaw(new byte[] {0x26});
        }
      }
      case HALF_OPEN -> {
        try (Socket silent = new Socket("127.0.0.1", port)) {
          silent.getInputStream().read();
        }
      }
      case WRONG_HELLO -> {
        disconnect();
        try (RawPeer stranger = RawPeer.connect(port, key)) {
          stranger.send(
              new Hello(1, 0, spec.chainId() + 1, Hash.ZERO, Hash.ZERO, NodeRole.RANGER, 0)
                  .encode());
          stranger.awaitEnd();
        }
      }
      case VALIDATOR -> {
        for (int i = 0; i < FRAMES_AT_ONCE; i++) {
          at.send(pick());
        }
        at.send(frames.status(height.getAsLong() + 1)); // knows nothing: send me everything
        at.send(frames.getBlock(height.getAsLong()));
        sent.addAndGet(FRAMES_AT_ONCE + 2);
      }
    }
  }

  private Bytes pick() {
    return prepared.get(Math.floorMod(next++, prepared.size()));
  }

  private void many(RawPeer at, Bytes frame) throws IOException {
    for (int i = 0; i < FRAMES_AT_ONCE; i++) {
      at.send(frame);
    }
    sent.addAndGet(FRAMES_AT_ONCE);
  }

  private void disconnect() {
    RawPeer known = peer;
    peer = null;
    if (known != null) {
      try {
        known.close();
      } catch (IOException gone) {
        return; // it is closed either way
      }
    }
  }

  /** Ends the attack and its thread. */
  void end() throws InterruptedException {
    stop.countDown();
    disconnect();
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(20));
  }
}
