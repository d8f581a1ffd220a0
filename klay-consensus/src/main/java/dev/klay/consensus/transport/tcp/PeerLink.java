package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.wire.FrameCodec;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its first byte to its end. Everything happens in its event loop, except that
 * any thread may {@link #send}, {@link #cut} and say that a frame is handled.
 */
final class PeerLink extends SimpleChannelInboundHandler<Bytes> {
  private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);
  private static final int PENDING_BYTES_MIN = 16 << 10;

  /** A long frame is handed to TLS in pieces, or all of it would lie there encrypted. */
  private static final int PIECE_BYTES = 32 << 10;

  private final TcpTransport owner;
  private final TcpLimits limits;
  private final Channel channel;
  private final SslHandler tls;
  private final FrameReader reader;
  private final Optional<PeerAddress> dialled;
  private final Optional<InetAddress> acceptedFrom;
  private final SendQueue queue;
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final AtomicLong pendingBytes = new AtomicLong();

  private @Nullable Address peer;
  private NodeRole role = NodeRole.RANGER;
  private NodeRole claimedRole = NodeRole.RANGER;
  private volatile int minor;
  private volatile @Nullable PeerAllowance allowance;
  private @Nullable FrameCodec codec;
  private TransactionSigners.@Nullable Lane signers;
  private Backlog.@Nullable Waiting sending;
  private int sentBytes;
  private @Nullable ScheduledFuture<?> deadline;
  private boolean linked;
  private long linkedAtNanos;
  private @Nullable DropCause cause;

  /**
   * A connection that was just made.
   *
   * @param dialled whom this node meant to reach; empty if the other side connected
   * @param acceptedFrom the other side's host if it connected
   */
  PeerLink(
      TcpTransport owner,
      Channel channel,
      SslHandler tls,
      FrameReader reader,
      Optional<PeerAddress> dialled,
      Optional<InetAddress> acceptedFrom) {
    this.owner = owner;
    this.limits = owner.limits();
    this.channel = channel;
    this.tls = tls;
    this.reader = reader;
    this.dialled = dialled;
    this.acceptedFrom = acceptedFrom;
    this.queue = new SendQueue(limits, owner.backlog());
  }

  // Making the link

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> cut(DropCause.HANDSHAKE_TIMEOUT),
                limits.handshakeMillis(),
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        greet();
      } else {
        handshakeFailed(handshake.cause());
      }
    } else if (event instanceof IdleStateEvent idle) {
      if (idle.state() == IdleState.READER_IDLE) {
        if (channel.config().isAutoRead()) { // else it is this node that does not listen
          cut(DropCause.SILENT);
        }
      } else if (linked && sending == null) { // else it would stand within a frame
        ChannelFuture unused = channel.writeAndFlush(framed(Bytes.EMPTY));
      }
    }
  }

  private void handshakeFailed(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CertificateException) {
        end(DropCause.BAD_CERTIFICATE); // counted where it was judged
        return;
      }
    }
    cut(channel.isActive() ? DropCause.TLS : DropCause.BROKEN);
  }

  /** TLS is done: who is it, and does this node talk to it at all? */
  private void greet() {
    Address found;
    try {
      found = owner.tls().peerOf(tls);
    } catch (CertificateException e) {
      cut(DropCause.BAD_CERTIFICATE);
      return;
    }
    peer = found;
    if (found.equals(owner.self())) {
      cut(DropCause.OWN_KEY);
      return;
    }
    if (dialled.isPresent() && !dialled.orElseThrow().identity().equals(found)) {
      cut(DropCause.WRONG_IDENTITY);
      return;
    }
    if (owner.isPenalised(found)) {
      cut(DropCause.PENALTY);
      return;
    }
    ChannelFuture unused = channel.writeAndFlush(framed(owner.hello().encode()));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Bytes frame) {
    if (cause != null) {
      return;
    }
    try {
      if (linked) {
        receive(frame);
      } else {
        receiveHello(Hello.decode(frame));
      }
    } catch (RuntimeException e) {
      // whatever a peer's bytes do to a decoder, it is the peer's link that ends
      LOG.info("{}: {} sent a frame that cannot be read: {}", owner.name(), this, e.toString());
      cut(DropCause.MALFORMED);
    }
  }

  private void receiveHello(Hello hello) {
    Hello own = owner.hello();
    if (!hello.protocol().equals(own.protocol())) {
      LOG.info(
          "{}: {} speaks version {}, this node {}",
          owner.name(),
          this,
          hello.version() == own.version() ? hello.protocol() : hello.version(),
          own.protocol());
    }
    Optional<DropCause> conflict = hello.conflictWith(own);
    if (conflict.isPresent()) {
      cut(conflict.orElseThrow());
      return;
    }
    claimedRole = hello.role();
    minor = hello.minor();
    role = owner.roleOf(identity(), claimedRole);
    PeerAllowance granted = owner.allowanceOf(role);
    allowance = granted;
    codec = owner.codecOf(granted);
    signers = new TransactionSigners.Lane(role == NodeRole.CONSENSUS);
    cancelDeadline();
    linked = true;
    linkedAtNanos = owner.nanos();
    reader.linked(type -> granted.bytesMax(type, owner.wireLimits()));
    owner.admit(this);
  }

  private void cancelDeadline() {
    ScheduledFuture<?> running = deadline;
    if (running != null) {
      running.cancel(false);
      deadline = null;
    }
  }

  // Receiving

  private void receive(Bytes encoded) {
    PeerAllowance granted = Objects.requireNonNull(allowance);
    int type = RlpReader.ofSingleList(encoded).readInt(0xff);
    if (drops(granted.refuse(type, encoded.size()))) {
      return;
    }
    Frame frame;
    try {
      frame = Objects.requireNonNull(codec).decode(encoded);
    } catch (PeerAllowance.TooManySignaturesException e) {
      drops(Optional.of(granted.ofSignatures()));
      return;
    }
    if (frame instanceof Frame.Transactions gossip) {
      receive(gossip, granted, encoded.size());
    } else if (!drops(refuseHashes(granted, frame))) {
      owner.deliver(this, frame, pending(encoded.size()));
    }
  }

  private static Optional<DropCause> refuseHashes(PeerAllowance granted, Frame frame) {
    if (frame instanceof Frame.Announcement told) {
      return granted.refuseHashes(told.hashes().size());
    }
    if (frame instanceof Frame.GetTransactions get) {
      return granted.refuseHashes(get.hashes().size());
    }
    return Optional.empty();
  }

  /** Their signers are recovered neither here, where votes pass, nor in the node's thread. */
  private void receive(Frame.Transactions gossip, PeerAllowance granted, int size) {
    if (drops(granted.refuseTransactions(gossip.transactions().size()))) {
      return;
    }
    Runnable handled = pending(size);
    owner
        .signers()
        .add(
            Objects.requireNonNull(signers),
            () -> {
              gossip.transactions().forEach(SignedTx::recoverAhead);
              owner.deliver(this, gossip, handled);
            });
  }

  private boolean drops(Optional<DropCause> refusal) {
    if (refusal.isEmpty()) {
      return false;
    }
    boolean flooding = refusal.orElseThrow() == DropCause.FLOODING;
    owner.drops().add(flooding ? DropCause.RATE : refusal.orElseThrow());
    if (flooding) {
      cut(DropCause.FLOODING);
    }
    return true;
  }

  /** Counts a frame until the returned one is run; while there are too many, nothing is read. */
  private Runnable pending(int size) {
    long cost = Math.max(size, PENDING_BYTES_MIN);
    if (pendingBytes.addAndGet(cost) >= pendingMax()) {
      channel.config().setAutoRead(false);
      resumeIfDrained(); // it may have been handled meanwhile
    }
    return () -> {
      pendingBytes.addAndGet(-cost);
      resumeIfDrained();
    };
  }

  private long pendingMax() {
    return role == NodeRole.CONSENSUS ? limits.pendingBytesMax() : limits.rangerPendingBytesMax();
  }

  private void resumeIfDrained() {
    if (pendingBytes.get() <= pendingMax() / 2 && !channel.config().isAutoRead()) {
      channel.config().setAutoRead(true);
    }
  }

  // Sending

  /** Sends a frame in its turn, or drops it if too much waits. */
  void send(SendQueue.Kind kind, Backlog.Waiting frame) {
    if (!queue.offer(kind, frame)) {
      owner.drops().add(DropCause.QUEUE_FULL);
    } else if (flushing.compareAndSet(false, true)) {
      owner.execute(channel.eventLoop(), this::flush);
    }
  }

  /** Hands on as much as the connection takes now, so that what is urgent never waits behind. */
  private void flush() {
    flushing.set(false);
    boolean written = false;
    while (channel.isWritable() && writeNext()) {
      written = true;
    }
    if (written) {
      channel.flush();
    }
  }

  /** Writes a piece of the frame that is on its way, or the first one of the next. */
  private boolean writeNext() {
    if (sending == null) {
      sending = queue.poll().orElse(null);
      sentBytes = 0;
    }
    Backlog.Waiting frame = sending;
    if (frame == null) {
      return false;
    }
    int size = frame.bytes().size();
    int length = Math.min(PIECE_BYTES, size - sentBytes);
    ByteBuf piece = Unpooled.wrappedBuffer(frame.bytes().unsafeArray(), sentBytes, length);
    ChannelFuture unused =
        channel.write(sentBytes == 0 ? Unpooled.wrappedBuffer(lengthOf(size), piece) : piece);
    sentBytes += length;
    if (sentBytes == size) {
      endSending();
    }
    return true;
  }

  private void endSending() {
    Backlog.Waiting frame = sending;
    if (frame != null) {
      owner.backlog().release(frame);
      sending = null;
    }
  }

  private static ByteBuf lengthOf(int size) {
    return Unpooled.buffer(4).writeInt(size);
  }

  private static ByteBuf framed(Bytes frame) {
    return frame.isEmpty()
        ? lengthOf(0)
        : Unpooled.wrappedBuffer(
            lengthOf(frame.size()), Unpooled.wrappedBuffer(frame.unsafeArray()));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (linked && channel.isWritable()) {
      flush();
    }
  }

  // Ending

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    Throwable origin =
        failure instanceof DecoderException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (origin instanceof FrameReader.OversizedException) {
      cut(DropCause.OVERSIZED);
    } else if (origin instanceof SSLException || origin instanceof CertificateException) {
      handshakeFailed(origin);
    } else if (origin instanceof IOException) {
      cut(DropCause.BROKEN);
    } else if (origin instanceof DecodingException || failure instanceof DecoderException) {
      cut(DropCause.MALFORMED);
    } else {
      LOG.warn("{}: the link to {} failed", owner.name(), this, failure);
      cut(DropCause.BROKEN);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (cause == null && !owner.isClosed()) {
      cause = DropCause.BROKEN;
      owner.drops().add(DropCause.BROKEN);
    }
    queue.close();
    endSending();
    owner.ended(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    cancelDeadline();
  }

  /** Ends the link for a reason, which is counted once. Any thread may call. */
  void cut(DropCause why) {
    if (!channel.eventLoop().inEventLoop()) {
      owner.execute(channel.eventLoop(), () -> cut(why));
      return;
    }
    if (cause == null) {
      owner.drops().add(why);
      if (why.isMisbehaviour() && peer != null) {
        owner.penalise(peer);
      }
      LOG.info("{}: link to {} ended: {}", owner.name(), this, why);
    }
    end(why);
  }

  private void end(DropCause why) {
    cause = cause == null ? why : cause;
    ChannelFuture unused = channel.close();
  }

  /** What is looked at from time to time: a frame that drips in, a peer that may not be here. */
  void inspect() {
    if (reader.arrivingNanos() > TimeUnit.MILLISECONDS.toNanos(limits.frameMillis())) {
      cut(DropCause.SLOW);
    } else if (!owner.isAllowed(identity()) || owner.roleOf(identity(), claimedRole) != role) {
      cut(DropCause.REMOVED); // or it comes back as what it is now
    }
  }

  /** This node asked the peer for something. */
  void awaitAnswer() {
    PeerAllowance granted = allowance;
    if (granted != null) {
      granted.awaitAnswer();
    }
  }

  /** Bytes that wait to be sent. */
  long backlogBytes() {
    return queue.bytes();
  }

  /** Sends nothing of what waits and ends the link. */
  void relieve() {
    queue.clear();
    cut(DropCause.BACKLOG);
  }

  // What the owner asks

  /** The peer's node; known once TLS is done. */
  Address identity() {
    Address known = peer;
    if (known == null) {
      throw new IllegalStateException("the peer is not known before TLS is done");
    }
    return known;
  }

  NodeRole role() {
    return role;
  }

  /** Of what the peer speaks. */
  int minor() {
    return minor;
  }

  boolean isLinked() {
    return linked;
  }

  Optional<PeerAddress> dialled() {
    return dialled;
  }

  Optional<InetAddress> acceptedFrom() {
    return acceptedFrom;
  }

  long ageNanos() {
    return owner.nanos() - linkedAtNanos;
  }

  @Override
  public String toString() {
    return (peer == null ? "" : peer + " at ") + channel.remoteAddress();
  }
}
