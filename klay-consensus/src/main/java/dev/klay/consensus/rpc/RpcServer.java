package dev.klay.consensus.rpc;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * Serves JSON-RPC over HTTP/1.1 and WebSocket on one port. Two threads read and write sockets and
 * answer what takes microseconds, the workers answer all else; neither is ever a thread of
 * consensus. Closing it ends all of them. Netty's own housekeeping thread ends by itself a second
 * later.
 */
public final class RpcServer implements AutoCloseable {
  private static final int IO_THREADS = 2;
  private static final int HEADER_MAX_BYTES = 16_384;
  private static final int LINE_MAX_BYTES = 4_096;
  private static final int KEEP_ALIVE_MILLIS = 120_000;
  private static final int CLOSE_SECONDS = 5;
  private static final int BACKLOG = 1_024;

  private final RpcWorkers workers;
  private final NioEventLoopGroup loops;
  private final ChannelGroup channels;
  private final Channel listening;

  /**
   * Starts a server; it takes requests when this returns.
   *
   * @param nodeName for the names of threads
   * @param limited whether clients of other machines are held to a rate
   * @throws RpcUnavailableException if it cannot listen there
   */
  public RpcServer(JsonRpc rpc, RpcEndpoint endpoint, String nodeName, boolean limited) {
    this(rpc, HttpPages.NONE, endpoint, nodeName, limited);
  }

  /** The same, with pages for who watches the node. */
  public RpcServer(
      JsonRpc rpc, HttpPages pages, RpcEndpoint endpoint, String nodeName, boolean limited) {
    Optional<SslContext> tls = endpoint.tls().map(RpcServer::read);
    RpcLimits limits = rpc.limits();
    workers = new RpcWorkers(nodeName, limits.queuedMax());
    AtomicInteger number = new AtomicInteger();
    loops =
        new NioEventLoopGroup(
            IO_THREADS,
            task -> {
              Thread thread =
                  new Thread(task, "klay-" + nodeName + "-http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    channels = new DefaultChannelGroup(loops.next());
    RpcConnections connections =
        new RpcConnections(
            rpc,
            pages,
            workers,
            new HttpGate(endpoint),
            new Outbound(limits.answerSizeMaxBytes()),
            new RateLimit(limits.requestsPerSecond(), limits.requestBurst(), System::nanoTime),
            limited,
            new AtomicInteger());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 16, 1 << 18))
            .childHandler(new Pipeline(connections, tls, channels))
            .bind(endpoint.address())
            .awaitUninterruptibly();
    listening = bound.channel();
    if (!bound.isSuccess()) {
      close();
      throw new RpcUnavailableException(
          "no server at " + endpoint.host() + ":" + endpoint.port() + ": " + reason(bound),
          bound.cause());
    }
  }

  private static String reason(ChannelFuture bound) {
    return String.valueOf(bound.cause().getMessage());
  }

  private static SslContext read(RpcEndpoint.Tls tls) {
    try {
      return SslContextBuilder.forServer(tls.certificateChain().toFile(), tls.key().toFile())
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new RpcUnavailableException("certificate or key cannot be read", e);
    }
  }

  /** Where it listens, with the port that it got. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** Drops all connections and ends all threads. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    channels.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    workers.close();
    loops
        .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /** The way of bytes into and out of a connection. */
  private static final class Pipeline extends ChannelInitializer<SocketChannel> {
    private final RpcConnections connections;
    private final Optional<SslContext> tls;
    private final ChannelGroup channels;

    Pipeline(RpcConnections connections, Optional<SslContext> tls, ChannelGroup channels) {
      this.connections = connections;
      this.tls = tls;
      this.channels = channels;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      RpcLimits limits = connections.rpc().limits();
      channel.closeFuture().addListener(closed -> connections.open().decrementAndGet());
      if (connections.open().incrementAndGet() > limits.connectionsMax()) {
        var unused = channel.close();
        return;
      }
      channels.add(channel);
      SlowClientGuard guard =
          new SlowClientGuard(limits.slowClient().toMillis(), KEEP_ALIVE_MILLIS);
      ChannelPipeline pipeline = channel.pipeline();
      pipeline.addLast(guard);
      tls.ifPresent(context -> pipeline.addLast(context.newHandler(channel.alloc())));
      pipeline.addLast(new HttpServerCodec(LINE_MAX_BYTES, HEADER_MAX_BYTES, 8_192));
      pipeline.addLast(new HttpObjectAggregator(limits.bodySizeMaxBytes(), true));
      pipeline.addLast(
          new HttpRpcHandler(connections, guard, RpcSession.asking(connections.clientOf(channel))));
    }
  }
}
