package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.wire.FrameType;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.consensus.wire.WireLimits;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What one peer may send: judged by type and size before a frame is read, by rate before it is
 * decoded, by the signatures that nobody has seen yet while it is. Who is no validator sends no
 * messages of the protocol, and blocks only when it was asked. Of the link's event loop, except
 * that any thread may {@link #awaitAnswer}.
 */
final class PeerAllowance {
  /** A large frame counts as one more for each of these. */
  private static final int CONTROL_UNIT_BYTES = 256 << 10;

  /**
   * Questions to a peer that may be open at once; a new link may bring answers to the last one's.
   */
  private static final int ANSWERS_MAX = 8;

  private static final int ANSWERS_AT_FIRST = 2;

  /** New signatures in what a validator sends: as many as frames, and those that are attached. */
  private static final int SIGNATURES_PER_FRAME = 2;

  /** A frame needs more signatures recovered than the peer may still ask for. */
  static final class TooManySignaturesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManySignaturesException() {
      super("too many new signatures", null, false, false);
    }
  }

  private final NodeRole role;
  private final RangerShare rangers;
  private final LongSupplier nanos;
  private final RateLimit control;
  private final RateLimit transactions;
  private final RateLimit hashes;
  private final RateLimit signatures;
  private final RateLimit ownBytes;
  private final AtomicInteger answersDue = new AtomicInteger(ANSWERS_AT_FIRST);

  PeerAllowance(NodeRole role, TcpLimits limits, RangerShare rangers, LongSupplier nanos) {
    boolean validator = role == NodeRole.CONSENSUS;
    int frames = validator ? limits.controlFramesPerSecond() : limits.rangerFramesPerSecond();
    long now = nanos.getAsLong();
    this.role = role;
    this.rangers = rangers;
    this.nanos = nanos;
    this.control = new RateLimit(frames, now);
    this.signatures = new RateLimit(SIGNATURES_PER_FRAME * frames, now);
    this.transactions = new RateLimit(limits.transactionsPerSecond(), now);
    this.hashes = new RateLimit(limits.transactionsPerSecond(), now);
    this.ownBytes = new RateLimit(RangerShare.OWN_BYTES_PER_SECOND, now);
  }

  /** This node asked the peer for something, which may be long. */
  void awaitAnswer() {
    answersDue.updateAndGet(due -> Math.min(ANSWERS_MAX, due + 1));
  }

  /** How long a frame of this type may be, coming from this peer now. */
  int bytesMax(int type, WireLimits wire) {
    int most = wire.bytesMax(type);
    return isExpected(type) ? most : Math.min(most, WireLimits.VOTE_BYTES_MAX);
  }

  private boolean isExpected(int type) {
    if (role == NodeRole.CONSENSUS) {
      return true;
    }
    return switch (type) {
      case FrameType.STATUS, FrameType.GET_BLOCKS, FrameType.GET_BLOCK -> true;
      case FrameType.TRANSACTIONS, FrameType.ANNOUNCEMENT, FrameType.GET_TRANSACTIONS -> true;
      case FrameType.BLOCKS, FrameType.FINAL -> answersDue.get() > 0;
      default -> false;
    };
  }

  /** Why a frame is not decoded, if it is not. */
  Optional<DropCause> refuse(int type, int size) {
    if (isOfTransactions(type)) {
      boolean room = role == NodeRole.CONSENSUS || rangers.take(ownBytes, size);
      return room ? Optional.empty() : Optional.of(DropCause.RATE);
    }
    Optional<DropCause> tooFast = refuse(control, 1 + size / CONTROL_UNIT_BYTES);
    if (tooFast.isPresent()) {
      return tooFast;
    }
    if (!isExpected(type)) {
      return Optional.of(DropCause.UNASKED);
    }
    if (role != NodeRole.CONSENSUS && isAnswer(type)) {
      answersDue.decrementAndGet();
    }
    return Optional.empty();
  }

  private static boolean isOfTransactions(int type) {
    return type == FrameType.TRANSACTIONS
        || type == FrameType.ANNOUNCEMENT
        || type == FrameType.GET_TRANSACTIONS;
  }

  private static boolean isAnswer(int type) {
    return type == FrameType.BLOCKS || type == FrameType.FINAL;
  }

  /** Why so many transactions are not taken, if they are not. */
  Optional<DropCause> refuseTransactions(int count) {
    return refuse(transactions, Math.max(1, count));
  }

  /** Why so many hashes, told or asked for, are not taken, if they are not. */
  Optional<DropCause> refuseHashes(int count) {
    return refuse(hashes, Math.max(1, count));
  }

  private Optional<DropCause> refuse(RateLimit limit, int count) {
    if (limit.take(count, nanos.getAsLong())) {
      return Optional.empty();
    }
    return Optional.of(limit.isFlooded() ? DropCause.FLOODING : DropCause.RATE);
  }

  /** Recovers signers for this peer; what others recovered costs it nothing. */
  SignerRecovery recovery(SharedRecovery shared) {
    return new SignerRecovery() {
      @Override
      public Address recover(Hash digest, Bytes signature) {
        return shared.recover(digest, signature, PeerAllowance.this::payForSignature);
      }
    };
  }

  private void payForSignature() {
    if (!signatures.take(1, nanos.getAsLong())) {
      throw new TooManySignaturesException();
    }
  }

  /** What becomes of a frame with too many signatures. */
  DropCause ofSignatures() {
    return signatures.isFlooded() ? DropCause.FLOODING : DropCause.RATE;
  }
}
