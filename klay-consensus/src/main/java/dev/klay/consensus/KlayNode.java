package dev.klay.consensus;

import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.metrics.MeterBook;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.node.NodeDriver;
import dev.klay.consensus.node.NodeLimits;
import dev.klay.consensus.rpc.JsonRpc;
import dev.klay.consensus.rpc.NodeFacts;
import dev.klay.consensus.rpc.NodeRpc;
import dev.klay.consensus.rpc.RpcChain;
import dev.klay.consensus.rpc.RpcEndpoint;
import dev.klay.consensus.rpc.RpcLimits;
import dev.klay.consensus.rpc.RpcNamespace;
import dev.klay.consensus.rpc.RpcServer;
import dev.klay.consensus.rpc.UnlockedAccounts;
import dev.klay.consensus.transport.Transport;
import dev.klay.consensus.transport.tcp.TcpTransport;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.core.config.Ballot;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.config.StateOrigin;
import dev.klay.core.explorer.Explorer;
import dev.klay.core.importing.BlockFileWriter;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.importing.CorruptStateFileException;
import dev.klay.core.importing.StateFileWriter;
import dev.klay.core.service.ChainAccess;
import dev.klay.core.service.ChainReads;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.LocalChainService;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.FinalityProof;
import dev.klay.crypto.proof.TrustedCouncil;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One node of a chain, inside the program that starts it. It owns one thread for consensus and one
 * for calling back whoever waits; {@link #close} ends both and releases everything else.
 *
 * <pre>{@code
 * try (KlayNode node = KlayNode.of(ChainSpec.development()).start()) {
 *   KlayClient client = KlayClient.of(node);
 * }
 * }</pre>
 */
public final class KlayNode implements ChainAccess, AutoCloseable {
  /** Transactions are collected so long before peers are told, where blocks take their time. */
  private static final int GOSSIP_MILLIS = 2;

  private final CloseStack opened = new CloseStack();
  private final String name;
  private final NodeRole role;
  private final Address address;
  private final Chain chain;
  private final TxPool pool;
  private final Transport transport;
  private final NodeDriver driver;
  private final Callbacks callbacks;
  private final LocalChainService service;
  private final MeterBook metrics;
  private final InstantSource clock;
  private final RpcLimits rpcLimits;
  private final UnlockedAccounts unlocked;
  private final Optional<Development> development;
  private final List<RpcNamespace> namespaces = new CopyOnWriteArrayList<>();
  private final List<RpcServer> servers = new ArrayList<>();
  private @Nullable NodeRpc rpc;

  KlayNode(NodeBuilder builder) {
    boolean complete = false;
    try {
      PrivateKey key = builder.key.orElseThrow();
      role = builder.role;
      address = key.address();
      name = builder.name.orElseGet(() -> nameOf(builder.spec, address));
      metrics = builder.metrics.map(MeterBook::new).orElseGet(MeterBook::new);
      chain = builder.openChain();
      opened.add(chain::close);
      if (builder.development.isPresent()) {
        chain.allowCheats();
      }
      pool = newPool(builder, chain);
      builder.development.flatMap(Development::from).ifPresent(this::fillPool);
      callbacks = new Callbacks(name);
      opened.add(callbacks::close);
      VoteLedger ledger = builder.openLedger(chain);
      opened.add(ledger::close);
      transport = builder.openTransport(name, chain, pool, metrics);
      opened.add(transport::close);
      driver =
          new NodeDriver(
              new NodeDriver.Settings(
                  name,
                  builder.clock,
                  role == NodeRole.CONSENSUS ? Optional.of(key) : Optional.empty(),
                  builder.signsFrom,
                  builder.roundTimeout,
                  builder.development.map(Development::sealing),
                  builder.openBallots(),
                  builder.autoBallot,
                  builder.checkpoint,
                  builder.isRemote() ? NodeLimits.REMOTE : NodeLimits.TRUSTED,
                  builder.spec.blockPeriodMillis() == 0 ? 0 : GOSSIP_MILLIS,
                  metrics,
                  builder.tap),
              chain,
              pool,
              transport,
              ledger);
      service = new LocalChainService(chain, pool, driver.gossip()::submit, callbacks);
      driver.onFork(why -> callbacks.execute(() -> stopServing(why)));
      opened.add(service::close);
      opened.add(driver::close);
      clock = builder.clock;
      rpcLimits = builder.rpcLimits;
      unlocked = builder.unlocked;
      development = builder.development;
      opened.add(this::closeRpc);
      metrics.set(Metrics.Gauge.HEIGHT, chain.head().number());
      complete = true;
    } finally {
      if (!complete) {
        opened.close();
      }
    }
  }

  private static TxPool newPool(NodeBuilder builder, Chain chain) {
    ChainHead head = chain.head();
    TxPool pool =
        new TxPool(
            builder.poolLimits,
            builder.clock,
            head.state(),
            chain.rulesAfter(head),
            chain.nextBaseFee(head));
    chain.addListener(
        (newHead, block) ->
            pool.advance(
                newHead.state(),
                chain.rulesAfter(newHead),
                chain.nextBaseFee(newHead),
                block.block().transactions()));
    return pool;
  }

  private void fillPool(Snapshot from) {
    from.waiting().forEach(pool::add);
  }

  private static String nameOf(ChainSpec spec, Address address) {
    return spec.validatorName(address).orElse(address.toString());
  }

  /** A node of this chain, to be started. */
  public static NodeBuilder of(ChainSpec spec) {
    return new NodeBuilder(spec);
  }

  void start() {
    boolean started = false;
    try {
      driver.start();
      transport.start(address, role, driver);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /** Node01 and so on for genesis validators. */
  public String name() {
    return name;
  }

  public NodeRole role() {
    return role;
  }

  /** The address of the node's key. */
  public Address address() {
    return address;
  }

  /** The last final block with its state. */
  public ChainHead head() {
    return chain.head();
  }

  @Override
  public ChainService service() {
    return service;
  }

  public Explorer explorer() {
    return new Explorer(service);
  }

  /** Answers JSON-RPC in this process, without a socket. */
  public JsonRpc rpc() {
    return nodeRpc().dispatcher();
  }

  /** Made when first asked for. */
  private synchronized NodeRpc nodeRpc() {
    NodeRpc made = rpc;
    if (made == null) {
      RpcChain served = new RpcChain(service, pool, new Facts(), rpcLimits);
      made = new NodeRpc(served, unlocked, this::isImpersonated, name, this::sealsAtOnce);
      made.dispatcher().onCall(() -> metrics.count(Metrics.Event.RPC_CALL, ""));
      namespaces.forEach(made.dispatcher().methods()::add);
      rpc = made;
    }
    return made;
  }

  /** More methods for whoever asks over JSON-RPC. */
  synchronized void addNamespace(RpcNamespace namespace) {
    namespaces.add(namespace);
    if (rpc != null) {
      rpc.dispatcher().methods().add(namespace);
    }
  }

  private boolean isImpersonated(Address account) {
    return development.filter(d -> d.impersonation().covers(account)).isPresent();
  }

  void serve(List<RpcEndpoint> endpoints) {
    boolean limited = chain.spec().kind() != NetworkKind.DEVELOPMENT;
    StatusPages pages =
        new StatusPages(
            this::status,
            () -> Instant.ofEpochMilli(chain.head().header().timestampMillis()),
            clock,
            Duration.ofMillis(chain.spec().blockPeriodMillis()),
            metrics);
    for (RpcEndpoint endpoint : endpoints) {
      servers.add(new RpcServer(rpc(), pages, endpoint, name, limited));
    }
  }

  /** Where it listens for JSON-RPC, in the order in which that was asked for. */
  public List<InetSocketAddress> rpcAddresses() {
    return servers.stream().map(RpcServer::address).toList();
  }

  private boolean sealsAtOnce() {
    return chain.spec().blockPeriodMillis() == 0
        && development.map(d -> d.sealing().isAutomatic()).orElse(true);
  }

  private final class Facts implements NodeFacts {
    @Override
    public Address address() {
      return address;
    }

    @Override
    public String clientVersion() {
      String version = KlayNode.class.getPackage().getImplementationVersion();
      return "Klay/v" + (version == null ? "0" : version) + "/" + name;
    }

    @Override
    public int peerCount() {
      return driver.peerCount();
    }
  }

  /**
   * A proof that the block of a height is final, for who trusts the validators of an epoch: of the
   * genesis, or one proven before. It brings the epoch headers in between and is verified by
   * klay-crypto alone ({@link FinalityProof#findFault(TrustedCouncil)}).
   *
   * @param trustedEpochStart the epoch block that fixed the trusted validators, 0 for the genesis
   * @return empty if the block is not final here, or not kept
   * @throws IllegalArgumentException if no epoch in front of the height starts there
   */
  public Optional<FinalityProof> finalityProof(long height, long trustedEpochStart) {
    long length = chain.spec().genesis().parameters().epoch();
    boolean isStart = trustedEpochStart >= 0 && trustedEpochStart % length == 0;
    if (!isStart || trustedEpochStart >= height) {
      throw new IllegalArgumentException(
          "no epoch of "
              + length
              + " blocks in front of "
              + height
              + " starts at "
              + trustedEpochStart);
    }
    List<Bytes> epochs = new ArrayList<>();
    for (long n = trustedEpochStart + length; n < height; n += length) {
      Optional<Bytes> header = sealedHeader(n);
      if (header.isEmpty()) {
        return Optional.empty();
      }
      epochs.add(header.orElseThrow());
    }
    return sealedHeader(height)
        .map(header -> new FinalityProof(chain.genesisHash(), header, epochs));
  }

  private Optional<Bytes> sealedHeader(long height) {
    return chain.store().block(height).map(stored -> stored.block().header().encode());
  }

  /**
   * Writes final blocks in Klaytn's export format, both ends included; to import them elsewhere,
   * from 1 on. The chain goes on meanwhile.
   *
   * @param out is closed
   * @param progress is told the number of each block written
   * @throws IllegalArgumentException if the node does not have them all
   * @throws CorruptBlockFileException if the stream cannot be written
   */
  public void exportBlocks(OutputStream out, long first, long last, LongConsumer progress) {
    try (BlockFileWriter writer = new BlockFileWriter(out)) {
      writer.write(chain.store(), first, last, progress);
    }
  }

  /**
   * Writes all accounts behind the head, from which another chain can start ({@link
   * ChainSpec#promoted}). The chain goes on meanwhile; a node that stands still for lack of a
   * quorum can do it, too.
   *
   * @param out stays open
   * @return the block behind which, and what the state comes to
   * @throws CorruptStateFileException if the stream cannot be written
   */
  public StateOrigin exportState(OutputStream out) {
    return StateFileWriter.write(chain.spec(), chain.genesisHash(), chain.head(), out);
  }

  /** From now on everybody who asks is told why there is no answer. */
  private void stopServing(String why) {
    service.stopServing(why);
    rpc().stopServing(why);
  }

  /** How the node does, at this moment. */
  public NodeStatus status() {
    return new NodeStatus(
        name,
        role,
        chain.head().number(),
        driver.round(),
        driver.peerCount(),
        pool.readyCount(),
        pool.queuedCount(),
        driver.evidence().size(),
        driver.voting(),
        driver.trouble(),
        driver.stall());
  }

  /** What the node has measured of itself since it started. */
  public MeterBook metrics() {
    return metrics;
  }

  /**
   * The port where peers connect, the chosen one if 0 was asked for; 0 if the node does not listen.
   */
  public int port() {
    return transport instanceof TcpTransport tcp ? tcp.port() : 0;
  }

  /** Holds the node's consensus thread until the returned one is run. */
  Runnable pause() {
    return driver.pause();
  }

  /**
   * Votes for a validator to come or go, in each block this node makes, until it is so or the
   * ballot is withdrawn. A quorum of validators must vote so within one epoch; the change takes
   * effect at its end.
   *
   * @throws IllegalStateException if the node is a ranger, which has no vote
   */
  public void cast(Ballot ballot) {
    if (role != NodeRole.CONSENSUS) {
      throw new IllegalStateException(name + " is a ranger and has no vote");
    }
    driver.cast(ballot);
  }

  /** Votes no more on this validator; a vote that is in a block stays there. */
  public void withdraw(Address target) {
    driver.withdraw(target);
  }

  /** The ballots that were cast, not withdrawn, and ask for what does not hold yet. */
  public List<Ballot> openBallots() {
    return driver.openBallots();
  }

  /** Contradictions of validators that this node saw proof of, oldest height first. */
  public List<Evidence> evidence() {
    return driver.evidence();
  }

  Chain chain() {
    return chain;
  }

  ChainReads reads() {
    return service.reads();
  }

  TxPool pool() {
    return pool;
  }

  NodeDriver driver() {
    return driver;
  }

  /** The pool follows a chain that was replaced, and peers hear no more of the other. */
  void restartPool(List<SignedTx> waiting) {
    ChainHead head = chain.head();
    pool.restart(head.state(), chain.rulesAfter(head), chain.nextBaseFee(head), waiting);
    driver.gossip().forget();
  }

  /** Leaves the network, ends all threads of the node, and frees its port and files. */
  @Override
  public void close() {
    opened.close();
  }

  private synchronized void closeRpc() {
    servers.forEach(RpcServer::close);
    if (rpc != null) {
      rpc.close();
    }
  }

  @Override
  public String toString() {
    return name + " (" + role + ") at " + chain.head().block();
  }
}
