package dev.klay.consensus;

import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.metrics.MeterBook;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.node.FrameSender;
import dev.klay.consensus.node.NodeDriver;
import dev.klay.consensus.node.NodeLimits;
import dev.klay.consensus.node.PooledBlocks;
import dev.klay.consensus.node.TxGossip;
import dev.klay.consensus.node.VoteLedgers;
import dev.klay.consensus.rpc.JsonRpc;
import dev.klay.consensus.rpc.NodeFacts;
import dev.klay.consensus.rpc.NodeRpc;
import dev.klay.consensus.rpc.RpcChain;
import dev.klay.consensus.rpc.RpcEndpoint;
import dev.klay.consensus.rpc.RpcLimits;
import dev.klay.consensus.rpc.RpcNamespace;
import dev.klay.consensus.rpc.RpcServer;
import dev.klay.consensus.rpc.RpcUnavailableException;
import dev.klay.consensus.rpc.UnlockedAccounts;
import dev.klay.consensus.transport.InMemoryHub;
import dev.klay.consensus.transport.Transport;
import dev.klay.consensus.transport.tcp.Endpoint;
import dev.klay.consensus.transport.tcp.PeerAddress;
import dev.klay.consensus.transport.tcp.TcpConfig;
import dev.klay.consensus.transport.tcp.TcpLimits;
import dev.klay.consensus.transport.tcp.TcpTransport;
import dev.klay.consensus.wal.MemoryLedger;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.core.config.Ballot;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.explorer.Explorer;
import dev.klay.core.importing.BlockFileImport;
import dev.klay.core.importing.BlockFileReader;
import dev.klay.core.importing.BlockFileWriter;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.service.ChainAccess;
import dev.klay.core.service.ChainReads;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.LocalChainService;
import dev.klay.core.storage.DirectoryStorage;
import dev.klay.core.storage.ForkableChainStore;
import dev.klay.core.storage.Storage;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.FinalityProof;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.proof.TrustedCouncil;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
  private static final int IDLE_SECONDS = 5;

  private final CloseStack opened = new CloseStack();

  /** Transactions are collected so long before peers are told, where blocks take their time. */
  private static final int GOSSIP_MILLIS = 2;

  private final String name;
  private final NodeRole role;
  private final Address address;
  private final Chain chain;
  private final TxPool pool;
  private final Transport transport;
  private final NodeDriver driver;
  private final TxGossip gossip;
  private final ThreadPoolExecutor callbacks;
  private final LocalChainService service;
  private final MeterBook metrics;
  private final RpcLimits rpcLimits;
  private final UnlockedAccounts unlocked;
  private final Optional<Development> development;
  private final List<RpcNamespace> namespaces = new CopyOnWriteArrayList<>();
  private final List<RpcServer> servers = new ArrayList<>();
  private @Nullable NodeRpc rpc;

  private KlayNode(Builder builder) {
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
      callbacks = newCallbacks(name);
      opened.add(this::endCallbacks);
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
                  builder.development.map(Development::sealing),
                  builder.isRemote() ? NodeLimits.REMOTE : NodeLimits.TRUSTED,
                  metrics,
                  builder.tap),
              chain,
              pool,
              transport,
              ledger);
      boolean onDemand = builder.spec.blockPeriodMillis() == 0;
      gossip = new TxGossip(name, pool, driver, onDemand ? 0 : GOSSIP_MILLIS);
      service = new LocalChainService(chain, pool, gossip::submit, callbacks);
      opened.add(service::close);
      opened.add(driver::close);
      opened.add(gossip::close);
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

  private static TxPool newPool(Builder builder, Chain chain) {
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

  private static String nameOf(ChainSpec spec, Address address) {
    return spec.validatorName(address).orElse(address.toString());
  }

  /** A thread that exists only while there is somebody to call. */
  private static ThreadPoolExecutor newCallbacks(String name) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "klay-" + name + "-callbacks");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    executor.setRejectedExecutionHandler(
        new ThreadPoolExecutor.DiscardPolicy()); // who waited was told
    return executor;
  }

  /** A node of this chain, to be started. */
  public static Builder of(ChainSpec spec) {
    return new Builder(spec);
  }

  private void start() {
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

  private void serve(List<RpcEndpoint> endpoints) {
    boolean limited = chain.spec().kind() != NetworkKind.DEVELOPMENT;
    for (RpcEndpoint endpoint : endpoints) {
      servers.add(new RpcServer(rpc(), endpoint, name, limited));
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
        driver.trouble());
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

  /** The ballots that were cast and not withdrawn. */
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

  /** The pool follows a chain that was replaced. */
  void restartPool(List<SignedTx> waiting) {
    ChainHead head = chain.head();
    pool.restart(head.state(), chain.rulesAfter(head), chain.nextBaseFee(head), waiting);
  }

  /** Leaves the network, ends all threads of the node, and frees its port and files. */
  @Override
  public void close() {
    opened.close();
  }

  private void endCallbacks() {
    callbacks.shutdownNow();
    awaitCallbacks();
  }

  private synchronized void closeRpc() {
    servers.forEach(RpcServer::close);
    if (rpc != null) {
      rpc.close();
    }
  }

  private void awaitCallbacks() {
    if (Thread.currentThread().getName().equals("klay-" + name + "-callbacks")) {
      return; // closed by a callback: its thread ends with it
    }
    try {
      callbacks.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return name + " (" + role + ") at " + chain.head().block();
  }

  /** What a node needs to know. Without a key it takes the published one of a sole validator. */
  public static final class Builder {
    private final ChainSpec spec;
    private NodeRole role = NodeRole.CONSENSUS;
    private Optional<PrivateKey> key = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<Transport> transport = Optional.empty();
    private InstantSource clock = Clock.systemUTC();
    private Storage storage = Storage.inMemory();
    private PoolLimits poolLimits = PoolLimits.DEFAULT;
    private Optional<Long> signsFrom = Optional.empty();
    private Optional<Path> keyFile = Optional.empty();
    private Optional<Endpoint> listen = Optional.empty();
    private List<PeerAddress> peers = List.of();
    private Optional<TcpLimits> tcpLimits = Optional.empty();
    private Optional<Metrics> metrics = Optional.empty();
    private FrameSender tap = (to, frame) -> {};
    private Optional<Path> blocksFile = Optional.empty();
    private Consumer<BlockFileImport.Progress> importListener = progress -> {};
    private RpcLimits rpcLimits = RpcLimits.DEFAULT;
    private UnlockedAccounts unlocked = UnlockedAccounts.NONE;
    private Optional<Development> development = Optional.empty();
    private final List<RpcEndpoint> endpoints = new ArrayList<>();

    private Builder(ChainSpec spec) {
      this.spec = spec;
    }

    public Builder role(NodeRole newRole) {
      role = newRole;
      return this;
    }

    /** The node's key: its identity, and what it votes with. Stays the caller's to close. */
    public Builder signer(PrivateKey newKey) {
      key = Optional.of(newKey);
      return this;
    }

    /** The key of an opened keystore; closing that is the caller's, once the node is closed. */
    public Builder signer(UnlockedKeystore opened) {
      return signer(opened.privateKey());
    }

    public Builder name(String newName) {
      name = Optional.of(newName);
      return this;
    }

    /** How to reach peers; without one the node is alone. */
    public Builder transport(Transport newTransport) {
      transport = Optional.of(newTransport);
      return this;
    }

    /** Lets peers connect at a port of all this machine's addresses; 0 takes one that is free. */
    public Builder listen(int port) {
      return listen(new Endpoint("0.0.0.0", port));
    }

    /** Lets peers connect at one of this machine's addresses. */
    public Builder listen(Endpoint endpoint) {
      listen = Optional.of(endpoint);
      return this;
    }

    /**
     * The nodes on other machines that this one knows, such as {@code PeerFile.read(path)}; it may
     * be among them. They may connect, as may the validators, and nobody else.
     */
    public Builder peers(List<PeerAddress> newPeers) {
      peers = List.copyOf(newPeers);
      return this;
    }

    /** What links to other machines may take, where the defaults for the chain do not fit. */
    public Builder tcpLimits(TcpLimits limits) {
      tcpLimits = Optional.of(limits);
      return this;
    }

    /** Is told of all that the node measures; {@link KlayNode#metrics} is there without it. */
    public Builder metrics(Metrics newMetrics) {
      metrics = Optional.of(newMetrics);
      return this;
    }

    /**
     * Is handed each frame that the node sends, in its thread and before it leaves: for audits and
     * tests. Must return soon.
     */
    public Builder tap(FrameSender newTap) {
      tap = newTap;
      return this;
    }

    private boolean isRemote() {
      return listen.isPresent() || !peers.isEmpty();
    }

    private Transport openTransport(String nodeName, Chain chain, TxPool pool, MeterBook book) {
      if (!isRemote()) {
        return transport.orElseGet(() -> new InMemoryHub().connect());
      }
      if (transport.isPresent()) {
        throw new IllegalStateException("a node has peers here or on other machines, not both");
      }
      return new TcpTransport(
          new TcpConfig(
              nodeName,
              key.orElseThrow(),
              spec.chainId(),
              chain.genesisHash(),
              listen,
              peers,
              () -> chain.head().governance().validators(),
              () -> chain.head().number(),
              new PooledBlocks(pool),
              spec.blockSizeMaxBytes(),
              tcpLimits.orElseGet(
                  () -> TcpLimits.of(spec.validators().size(), spec.blockPeriodMillis())),
              clock,
              new SecureRandom(),
              cause -> book.count(Metrics.Event.DROP, cause.name())));
    }

    public Builder clock(InstantSource newClock) {
      clock = newClock;
      return this;
    }

    /**
     * An operator's word that the node may vote from this height on, though it does not know what
     * it signed before: its key has signed nothing from there on. Wrong, it can split the chain.
     */
    public Builder signsFrom(long height) {
      signsFrom = Optional.of(height);
      return this;
    }

    /**
     * Where the chain is kept, and continued from; the heap unless told otherwise. Beside a
     * directory of the chain the node's votes are kept in another, whose name ends in {@code
     * .votes}: one that is missing, or comes back from a backup, makes the node follow until it may
     * safely vote.
     */
    public Builder storage(Storage newStorage) {
      storage = newStorage;
      return this;
    }

    /**
     * The file of the node's key, beside which the number of its vote ledger's life is kept, so
     * that a ledger from a backup is recognised; beside the chain's directory unless told
     * otherwise.
     */
    public Builder keyFile(Path file) {
      keyFile = Optional.of(file);
      return this;
    }

    /**
     * A file of blocks that the node imports before it starts, in Klaytn's export format. Every
     * block is checked and executed wholly; what the storage has already is skipped.
     *
     * @param listener is told after each block
     */
    public Builder importing(Path file, Consumer<BlockFileImport.Progress> listener) {
      blocksFile = Optional.of(file);
      importListener = listener;
      return this;
    }

    private Chain openChain() {
      Chain chain = Chain.open(spec, storage);
      boolean complete = false;
      try {
        blocksFile.ifPresent(file -> importBlocks(chain, file));
        complete = true;
        return chain;
      } finally {
        if (!complete) {
          chain.close();
        }
      }
    }

    private void importBlocks(Chain chain, Path file) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
          BlockFileReader blocks = new BlockFileReader(in, spec.sealRule())) {
        new BlockFileImport(chain, importListener).run(blocks);
      } catch (IOException e) {
        throw new UncheckedIOException("the blocks of " + file + " cannot be read", e);
      }
    }

    /** The node of a development network, whose chain can be replaced under it. */
    Builder development(Development shared) {
      development = Optional.of(shared);
      storage = chain -> new ForkableChainStore(shared.content());
      return this;
    }

    /** Rangers do not vote, and a chain in memory ends with its votes. */
    private VoteLedger openLedger(Chain chain) {
      if (role != NodeRole.CONSENSUS || !(storage instanceof DirectoryStorage directory)) {
        return new MemoryLedger(VoteLedger.Origin.MISSING);
      }
      Path path = directory.path().toAbsolutePath();
      Path beside = keyFile.orElse(path);
      return VoteLedgers.open(
          path.resolveSibling(path.getFileName() + ".votes"),
          beside.resolveSibling(beside.getFileName() + ".incarnation"),
          chain.genesisHash());
    }

    /**
     * Serves JSON-RPC over HTTP and WebSocket on a port of this machine that only this machine
     * reaches; 0 for any that is free. Off unless told so.
     */
    public Builder rpc(int port) {
      return rpc(RpcEndpoint.loopback(port));
    }

    /** Serves JSON-RPC there; may be called for several. */
    public Builder rpc(RpcEndpoint endpoint) {
      endpoints.add(endpoint);
      return this;
    }

    /** What JSON-RPC clients may ask of the node. */
    public Builder rpcLimits(RpcLimits newLimits) {
      rpcLimits = newLimits;
      return this;
    }

    /** Development accounts that the node signs for, for whoever asks over JSON-RPC. */
    public Builder unlocked(UnlockedAccounts accounts) {
      unlocked = accounts;
      return this;
    }

    public Builder poolLimits(PoolLimits newLimits) {
      poolLimits = newLimits;
      return this;
    }

    /**
     * Starts the node; reads and writes work when this returns.
     *
     * @throws IllegalStateException if a key is missing, or a published one is on a chain of kind
     *     MAIN
     * @throws RpcUnavailableException if it cannot listen for JSON-RPC; nothing is left running
     */
    public KlayNode start() {
      if (spec.sealRule() != SealRule.KLAY_QBFT) {
        throw new IllegalStateException(
            "a chain sealed by " + spec.sealRule().id() + " can be imported, not continued");
      }
      if (key.isEmpty()) {
        key = Optional.of(publishedKey());
      }
      boolean published = DevKeys.ofValidator(key.orElseThrow().address()).isPresent();
      if (spec.kind() == NetworkKind.MAIN && published) {
        throw new IllegalStateException("a published development key is of no use on a main chain");
      }
      if (spec.kind() == NetworkKind.MAIN && !unlocked.addresses().isEmpty()) {
        throw new IllegalStateException("a node of a main chain signs for nobody; sign yourself");
      }
      KlayNode node = new KlayNode(this);
      node.start();
      try {
        node.serve(endpoints);
        return node;
      } catch (RpcUnavailableException e) {
        node.close();
        throw e;
      }
    }

    private PrivateKey publishedKey() {
      if (role != NodeRole.CONSENSUS || spec.validators().size() != 1) {
        throw new IllegalStateException("the node needs a key; call signer(...)");
      }
      return DevKeys.ofValidator(spec.validators().get(0))
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "the validator's key is not published; call signer(...)"));
    }
  }
}
