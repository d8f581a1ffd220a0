package dev.klay.consensus;

import dev.klay.consensus.metrics.MeterBook;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.node.Ballots;
import dev.klay.consensus.node.FrameSender;
import dev.klay.consensus.node.PooledBlocks;
import dev.klay.consensus.node.VoteLedgers;
import dev.klay.consensus.rpc.RpcEndpoint;
import dev.klay.consensus.rpc.RpcLimits;
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
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.importing.BlockFileImport;
import dev.klay.core.importing.BlockFileReader;
import dev.klay.core.importing.Chain;
import dev.klay.core.storage.ChainContent;
import dev.klay.core.storage.DirectoryStorage;
import dev.klay.core.storage.ForkableChainStore;
import dev.klay.core.storage.Storage;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a node needs to know. Without a key it takes the published one of a sole validator. */
public final class NodeBuilder {
  final ChainSpec spec;
  NodeRole role = NodeRole.CONSENSUS;
  Optional<PrivateKey> key = Optional.empty();
  Optional<String> name = Optional.empty();
  private Optional<Transport> transport = Optional.empty();
  InstantSource clock = Clock.systemUTC();
  private Storage storage = Storage.inMemory();
  PoolLimits poolLimits = PoolLimits.DEFAULT;
  Optional<Long> signsFrom = Optional.empty();
  Optional<Duration> roundTimeout = Optional.empty();
  boolean autoBallot;
  Optional<Checkpoint> checkpoint = Optional.empty();
  private Optional<Path> keyFile = Optional.empty();
  private Optional<Endpoint> listen = Optional.empty();
  private List<PeerAddress> peers = List.of();
  private Optional<TcpLimits> tcpLimits = Optional.empty();
  Optional<Metrics> metrics = Optional.empty();
  FrameSender tap = (to, frame) -> {};
  private Optional<Path> blocksFile = Optional.empty();
  private Consumer<BlockFileImport.Progress> importListener = progress -> {};
  RpcLimits rpcLimits = RpcLimits.DEFAULT;
  UnlockedAccounts unlocked = UnlockedAccounts.NONE;
  Optional<Development> development = Optional.empty();
  private final List<RpcEndpoint> endpoints = new ArrayList<>();

  NodeBuilder(ChainSpec spec) {
    this.spec = spec;
  }

  public NodeBuilder role(NodeRole newRole) {
    role = newRole;
    return this;
  }

  /** The node's key: its identity, and what it votes with. Stays the caller's to close. */
  public NodeBuilder signer(PrivateKey newKey) {
    key = Optional.of(newKey);
    return this;
  }

  /** The key of an opened keystore; closing that is the caller's, once the node is closed. */
  public NodeBuilder signer(UnlockedKeystore opened) {
    return signer(opened.privateKey());
  }

  public NodeBuilder name(String newName) {
    name = Optional.of(newName);
    return this;
  }

  /** How to reach peers; without one the node is alone. */
  public NodeBuilder transport(Transport newTransport) {
    transport = Optional.of(newTransport);
    return this;
  }

  /** Lets peers connect at a port of all this machine's addresses; 0 takes one that is free. */
  public NodeBuilder listen(int port) {
    return listen(new Endpoint("0.0.0.0", port));
  }

  /** Lets peers connect at one of this machine's addresses. */
  public NodeBuilder listen(Endpoint endpoint) {
    listen = Optional.of(endpoint);
    return this;
  }

  /**
   * The nodes on other machines that this one knows, such as {@code PeerFile.read(path)}; it may be
   * among them. They may connect, as may the validators, and nobody else.
   */
  public NodeBuilder peers(List<PeerAddress> newPeers) {
    peers = List.copyOf(newPeers);
    return this;
  }

  /** What links to other machines may take, where the defaults for the chain do not fit. */
  public NodeBuilder tcpLimits(TcpLimits limits) {
    tcpLimits = Optional.of(limits);
    return this;
  }

  /** Is told of all that the node measures; {@link KlayNode#metrics} is there without it. */
  public NodeBuilder metrics(Metrics newMetrics) {
    metrics = Optional.of(newMetrics);
    return this;
  }

  /**
   * Is handed each frame that the node sends, in its thread and before it leaves: for audits and
   * tests. Must return soon.
   */
  public NodeBuilder tap(FrameSender newTap) {
    tap = newTap;
    return this;
  }

  boolean isRemote() {
    return listen.isPresent() || !peers.isEmpty();
  }

  Transport openTransport(String nodeName, Chain chain, TxPool pool, MeterBook book) {
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
            spec.parametersHash(),
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

  public NodeBuilder clock(InstantSource newClock) {
    clock = newClock;
    return this;
  }

  /**
   * An operator's word that the node may vote from this height on, though it does not know what it
   * signed before: its key has signed nothing from there on. Wrong, it can split the chain.
   */
  public NodeBuilder signsFrom(long height) {
    signsFrom = Optional.of(height);
    return this;
  }

  /** A block that is on the chain for certain; no other is taken at its height. */
  public NodeBuilder checkpoint(Checkpoint known) {
    checkpoint = Optional.of(known);
    return this;
  }

  /**
   * Votes by itself for the removal of validators that provably contradicted themselves. Off unless
   * told so: a partner that restored an old copy of its ledger is caught, too. A quorum must vote
   * so before anybody is removed; {@link KlayNode#withdraw} takes such a ballot back.
   */
  public NodeBuilder autoBallot() {
    autoBallot = true;
    return this;
  }

  /**
   * How long round 0 of a height may take before its leader is given up; later rounds take up to
   * four times as long, and more from the fourth on. The block period, at least a second, unless
   * told otherwise; a validator's own affair, though one that is far more hasty than the others
   * only makes noise.
   *
   * @param time 10 ms to one minute
   */
  public NodeBuilder roundTimeout(Duration time) {
    roundTimeout = Optional.of(time);
    return this;
  }

  /**
   * Where the chain is kept, and continued from; the heap unless told otherwise. Beside a directory
   * of the chain the node's votes are kept in another, whose name ends in {@code .votes}: one that
   * is missing, or comes back from a backup, makes the node follow until it may safely vote. Open
   * ballots are kept in a file whose name ends in {@code .ballots}.
   */
  public NodeBuilder storage(Storage newStorage) {
    storage = newStorage;
    return this;
  }

  /**
   * The file of the node's key, beside which the number of its vote ledger's life is kept, so that
   * a ledger from a backup is recognised; beside the chain's directory unless told otherwise.
   */
  public NodeBuilder keyFile(Path file) {
    keyFile = Optional.of(file);
    return this;
  }

  /**
   * A file of blocks that the node imports before it starts, in Klaytn's export format. Every block
   * is checked and executed wholly; what the storage has already is skipped.
   *
   * @param listener is told after each block
   */
  public NodeBuilder importing(Path file, Consumer<BlockFileImport.Progress> listener) {
    blocksFile = Optional.of(file);
    importListener = listener;
    return this;
  }

  Chain openChain() {
    Chain chain =
        development
            .flatMap(Development::from)
            .map(snapshot -> Chain.from(spec, snapshot.chain()))
            .orElseGet(() -> Chain.open(spec, storage));
    boolean complete = false;
    try {
      blocksFile.ifPresent(file -> importBlocks(chain, file));
      checkpoint.ifPresent(known -> known.check(chain));
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
  NodeBuilder development(Development shared) {
    development = Optional.of(shared);
    storage = chain -> new ForkableChainStore(ChainContent.empty());
    return this;
  }

  /** Those of the node's earlier lives, where it keeps anything. */
  Ballots openBallots() {
    if (role != NodeRole.CONSENSUS || !(storage instanceof DirectoryStorage directory)) {
      return new Ballots();
    }
    Path path = directory.path().toAbsolutePath();
    BallotFile file = new BallotFile(path.resolveSibling(path.getFileName() + ".ballots"));
    return new Ballots(file.read(), file);
  }

  /** Rangers do not vote, and a chain in memory ends with its votes. */
  VoteLedger openLedger(Chain chain) {
    if (role != NodeRole.CONSENSUS || !(storage instanceof DirectoryStorage directory)) {
      return new MemoryLedger(VoteLedger.Origin.MISSING);
    }
    Path path = directory.path().toAbsolutePath();
    Path beside = keyFile.orElse(path);
    return VoteLedgers.open(
        directory,
        path.resolveSibling(path.getFileName() + ".votes"),
        beside.resolveSibling(beside.getFileName() + ".incarnation"),
        chain.genesisHash());
  }

  /**
   * Serves JSON-RPC over HTTP and WebSocket on a port of this machine that only this machine
   * reaches; 0 for any that is free. Off unless told so.
   */
  public NodeBuilder rpc(int port) {
    return rpc(RpcEndpoint.loopback(port));
  }

  /** Serves JSON-RPC there; may be called for several. */
  public NodeBuilder rpc(RpcEndpoint endpoint) {
    endpoints.add(endpoint);
    return this;
  }

  /** What JSON-RPC clients may ask of the node. */
  public NodeBuilder rpcLimits(RpcLimits newLimits) {
    rpcLimits = newLimits;
    return this;
  }

  /** Development accounts that the node signs for, for whoever asks over JSON-RPC. */
  public NodeBuilder unlocked(UnlockedAccounts accounts) {
    unlocked = accounts;
    return this;
  }

  public NodeBuilder poolLimits(PoolLimits newLimits) {
    poolLimits = newLimits;
    return this;
  }

  /**
   * Starts the node; reads and writes work when this returns.
   *
   * @throws IllegalStateException if a key is missing, or a published one has a part in a chain of
   *     kind MAIN
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
    if (spec.kind() == NetworkKind.MAIN) {
      ensureNothingPublished(spec.genesis());
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

  /** What is carried on from another chain was looked through when it was read. */
  private static void ensureNothingPublished(Genesis genesis) {
    DevKeys.publishedAddresses().stream()
        .filter(genesis.alloc()::containsKey)
        .findFirst()
        .ifPresent(
            address -> {
              throw new IllegalStateException(
                  "the genesis of this main chain gives to "
                      + address
                      + ", whose key is published: genesis.withoutAccounts("
                      + "DevKeys.publishedAddresses())");
            });
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
