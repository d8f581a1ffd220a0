package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.transport.Transport;
import dev.klay.consensus.wire.FrameCodec;
import dev.klay.consensus.wire.MessageCodec;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.consensus.wire.WireLimits;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to peers on other machines. Its two threads do TLS, read and write frames, and recover
 * the signers of what comes; {@link #send} only puts into a queue. {@link #close} ends them and
 * frees the port.
 */
public final class TcpTransport implements Transport {
  private static final int THREADS = 2;
  private static final long TICK_MILLIS = 100;
  private static final int CONNECT_MILLIS = 3_000;
  private static final long CLOSE_SECONDS = 5;

  /** The port is taken, or the address is not this machine's. Choose another and start again. */
  public static final class CannotListenException extends KlayException {
    CannotListenException(Endpoint endpoint, Throwable cause) {
      super("cannot listen at " + endpoint + ": " + cause.getMessage(), cause);
    }
  }

  /** The bytes of the frame that was sent last: a broadcast is encoded once. */
  private record Encoded(Frame frame, Backlog.Waiting waiting) {}

  private final TcpConfig config;
  private final FrameCodec codec;
  private final DropCounts drops;
  private final TlsContexts tls;
  private final SharedRecovery recovery = new SharedRecovery(SignerRecovery.SECP256K1);
  private final RangerShare rangers = new RangerShare(this::nanos);
  private final WireLimits wireLimits;
  private final Backlog backlog;
  private final TransactionSigners signers;
  private final HalfOpen halfOpen;

  /** Does the dear part of TLS beside the event loops, in which votes would have to wait for it. */
  private final ThreadPoolExecutor handshakes;

  private final NioEventLoopGroup threads;

  /** The one of them that keeps time. */
  private final EventLoop clockwork;

  /** Joined at the end: an event loop counts as ended shortly before its thread is. */
  private final List<Thread> started = new CopyOnWriteArrayList<>();

  private final Map<Address, Long> penalisedUntil = new ConcurrentHashMap<>();
  private volatile @Nullable Encoded lastSent;
  private volatile @Nullable Links links;
  private volatile NodeRole role = NodeRole.RANGER;
  private volatile boolean closed;
  private Receiver receiver = new Nobody();
  private @Nullable Channel server;
  private @Nullable Dialer dialer;
  private @Nullable Future<?> ticking;

  private static final class Nobody implements Receiver {
    @Override
    public void peerUp(Address peer, NodeRole role) {}

    @Override
    public void peerDown(Address peer) {}

    @Override
    public void received(Address from, Frame frame) {}
  }

  /** A transport that reaches nobody before {@link #start}. */
  public TcpTransport(TcpConfig config) {
    this.config = config;
    this.drops = new DropCounts(config.onDrop());
    this.wireLimits = new WireLimits(config.blockSizeMaxBytes());
    this.codec = codecWith(recovery);
    this.backlog = new Backlog(config.limits().backlogBytesMax());
    this.signers = new TransactionSigners(config.name());
    this.tls =
        new TlsContexts(
            config.nodeKey(),
            new PeerTrust(config.clock(), this::isAllowed, drops),
            config.clock(),
            new SecureRandom());
    this.halfOpen = new HalfOpen(config.limits(), nanos());
    this.handshakes = handshakeThread();
    this.threads =
        new NioEventLoopGroup(
            THREADS,
            new DefaultThreadFactory("klay-" + config.name() + "-net", true) {
              @Override
              public Thread newThread(Runnable body) {
                Thread thread = super.newThread(body);
                started.add(thread);
                return thread;
              }
            });
    this.clockwork = threads.next();
  }

  private ThreadPoolExecutor handshakeThread() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::handshakeThread);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private Thread handshakeThread(Runnable body) {
    Thread thread = new Thread(body, "klay-" + config.name() + "-net-tls");
    thread.setDaemon(true);
    started.removeIf(old -> old.getState() == Thread.State.TERMINATED);
    started.add(thread);
    return thread;
  }

  // Starting

  /**
   * Listens, and begins to reach the configured peers.
   *
   * @throws CannotListenException if the port cannot be had
   */
  @Override
  public void start(Address self, NodeRole ownRole, Receiver newReceiver) {
    receiver = newReceiver;
    role = ownRole;
    links = new Links(self, config.limits(), newReceiver);
    config.listen().ifPresent(this::listen);
    Dialer planned =
        new Dialer(self, config.peers(), config.limits(), config.jitter(), nanos(), this::dial);
    dialer = planned;
    ticking =
        clockwork.scheduleAtFixedRate(() -> tick(planned), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void listen(Endpoint endpoint) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                })
            .bind(endpoint.host(), endpoint.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new CannotListenException(endpoint, bound.cause());
    }
    server = bound.channel();
  }

  private void accept(SocketChannel channel) {
    InetAddress host = channel.remoteAddress().getAddress();
    if (!halfOpen.begin(host, nanos())) {
      drops.add(DropCause.HALF_OPEN_MAX);
      ChannelFuture unused = channel.close();
      return;
    }
    addHandlers(
        channel, tls.server(channel.alloc(), handshakes), Optional.empty(), Optional.of(host));
  }

  private void addHandlers(
      Channel channel,
      SslHandler handler,
      Optional<PeerAddress> dialled,
      Optional<InetAddress> acceptedFrom) {
    handler.setHandshakeTimeoutMillis(0); // the link has a time limit for all of it
    FrameReader reader = new FrameReader(wireLimits, this::nanos);
    long silence = config.limits().silenceMillis();
    channel
        .pipeline()
        .addLast(handler)
        .addLast(new IdleStateHandler(silence, silence / 5, 0, TimeUnit.MILLISECONDS))
        .addLast(reader)
        .addLast(new PeerLink(this, channel, handler, reader, dialled, acceptedFrom));
  }

  private void dial(PeerAddress peer) {
    Endpoint endpoint = peer.endpoint().orElseThrow();
    ChannelFuture connecting =
        new Bootstrap()
            .group(threads)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    addHandlers(
                        channel,
                        tls.client(channel.alloc(), handshakes),
                        Optional.of(peer),
                        Optional.empty());
                  }
                })
            .connect(endpoint.unresolved());
    ChannelFuture unused =
        connecting.addListener(
            done -> {
              if (!done.isSuccess()) {
                drops.add(DropCause.BROKEN);
                dialEnded(peer, false);
              }
            });
  }

  private void tick(Dialer planned) {
    Links known = links;
    if (closed || known == null) {
      return;
    }
    planned.tick(nanos(), peer -> known.to(peer) != null);
    known.all().forEach(PeerLink::inspect);
  }

  // What links ask and say

  TcpLimits limits() {
    return config.limits();
  }

  WireLimits wireLimits() {
    return wireLimits;
  }

  Backlog backlog() {
    return backlog;
  }

  TransactionSigners signers() {
    return signers;
  }

  /** What a peer may send, from now on. */
  PeerAllowance allowanceOf(NodeRole peerRole) {
    return new PeerAllowance(peerRole, config.limits(), rangers, this::nanos);
  }

  /** Reads frames of a peer at its expense. */
  FrameCodec codecOf(PeerAllowance allowance) {
    return codecWith(allowance.recovery(recovery));
  }

  private FrameCodec codecWith(SignerRecovery recovering) {
    MessageCodec messages = new MessageCodec(config.genesisHash(), recovering, config.blocks());
    return new FrameCodec(messages, config.blocks(), wireLimits);
  }

  TlsContexts tls() {
    return tls;
  }

  String name() {
    return config.name();
  }

  Address self() {
    return config.nodeKey().address();
  }

  /** Runs in an event loop, unless the transport is closed: then nothing is due any more. */
  void execute(EventLoop loop, Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  long nanos() {
    return System.nanoTime();
  }

  boolean isClosed() {
    return closed;
  }

  Hello hello() {
    return new Hello(
        Hello.VERSION,
        Hello.MINOR,
        config.chainId(),
        config.genesisHash(),
        config.parametersHash(),
        role,
        config.height().getAsLong());
  }

  boolean isAllowed(Address peer) {
    return config.validators().get().contains(peer)
        || config.peers().stream().anyMatch(known -> known.identity().equals(peer));
  }

  /** A peer is a consensus node if it says so and others have reason to believe it. */
  NodeRole roleOf(Address peer, NodeRole claimed) {
    boolean credible =
        config.validators().get().contains(peer)
            || config.peers().stream()
                .anyMatch(
                    known -> known.identity().equals(peer) && known.role() == NodeRole.CONSENSUS);
    return credible ? claimed : NodeRole.RANGER;
  }

  void penalise(Address peer) {
    long millis = config.limits().penaltyMillis();
    penalisedUntil.put(peer, nanos() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  boolean isPenalised(Address peer) {
    Long until = penalisedUntil.get(peer);
    return until != null && nanos() - until < 0;
  }

  /** A link is complete: from now on it is the peer's, unless it has a better one. */
  void admit(PeerLink link) {
    halfOpenEnded(link);
    Links known = links;
    Optional<DropCause> no =
        known == null || closed ? Optional.of(DropCause.BROKEN) : known.admit(link);
    no.ifPresent(link::cut);
  }

  private void halfOpenEnded(PeerLink link) {
    link.acceptedFrom().ifPresent(halfOpen::end);
  }

  void deliver(PeerLink link, Frame frame, Runnable handled) {
    Links known = links;
    if (known != null && known.isCurrent(link)) {
      receiver.received(link.identity(), frame, handled);
    } else {
      handled.run();
    }
  }

  void ended(PeerLink link) {
    if (!link.isLinked()) {
      halfOpenEnded(link);
    }
    Links known = links;
    if (link.isLinked() && known != null) {
      known.ended(link);
    }
    link.dialled().ifPresent(peer -> dialEnded(peer, link.isLinked()));
  }

  private void dialEnded(PeerAddress peer, boolean wasLinked) {
    Dialer planned = dialer;
    if (planned != null && !closed) {
      execute(clockwork, () -> planned.ended(peer, wasLinked, nanos()));
    }
  }

  // Used by nodes

  @Override
  public void send(Address to, Frame frame) {
    Links known = links;
    PeerLink link = known == null ? null : known.to(to);
    if (known != null && link != null && !closed) {
      if (isQuestion(frame)) {
        link.awaitAnswer();
      }
      link.send(SendQueue.Kind.of(frame), encode(frame));
      relieve(known);
    }
  }

  /** Whoever is behind this node's status is not asked; whoever is ahead may answer with blocks. */
  private static boolean isQuestion(Frame frame) {
    return frame instanceof Frame.GetBlocks
        || frame instanceof Frame.GetBlock
        || frame instanceof Frame.Knowledge;
  }

  /** Too much waits: whoever takes it most slowly pays for it. */
  private void relieve(Links known) {
    while (backlog.isTooLong()) {
      Optional<PeerLink> slowest =
          known.all().stream()
              .max(Comparator.comparingLong(PeerLink::backlogBytes))
              .filter(link -> link.backlogBytes() > 0);
      if (slowest.isEmpty()) {
        return; // the last pieces are on their way
      }
      slowest.orElseThrow().relieve();
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very frame that was encoded, not one like it
  private Backlog.Waiting encode(Frame frame) {
    Encoded known = lastSent;
    if (known != null && known.frame() == frame) {
      return known.waiting();
    }
    Backlog.Waiting waiting = new Backlog.Waiting(codec.encode(frame));
    lastSent = new Encoded(frame, waiting);
    return waiting;
  }

  @Override
  public boolean takesHashes(Address peer) {
    Links known = links;
    PeerLink link = known == null ? null : known.to(peer);
    return link != null && link.minor() >= Hello.MINOR_WITH_HASHES;
  }

  @Override
  public boolean reachesOut() {
    return true;
  }

  /** Where the node listens: the port that was chosen, if 0 was asked for; 0 if it does not. */
  public int port() {
    Channel listening = server;
    return listening == null ? 0 : ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Why and how often links or frames were refused. */
  public DropCounts drops() {
    return drops;
  }

  /** Nobody may be dialled while the event loops end one after the other. */
  private void stopDialling() {
    Future<?> running = ticking;
    if (running != null) {
      running.cancel(false);
      clockwork.submit(() -> {}).awaitUninterruptibly(); // behind the last tick
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    stopDialling();
    Future<?> unused = threads.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    boolean interrupted = false;
    try {
      threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      signers.close();
      handshakes.shutdown();
      for (Thread thread : started) {
        thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
