package dev.klay.consensus;

import dev.klay.consensus.node.Sealing;
import dev.klay.consensus.rpc.DevAccountMethods;
import dev.klay.consensus.rpc.DevChainMethods;
import dev.klay.consensus.rpc.DevSnapshots;
import dev.klay.consensus.rpc.JsonRpc;
import dev.klay.consensus.rpc.RpcEndpoint;
import dev.klay.consensus.rpc.UnlockedAccounts;
import dev.klay.consensus.simulation.SimulatedNetwork;
import dev.klay.consensus.transport.InMemoryHub;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.explorer.Explorer;
import dev.klay.core.importing.BlockFileImport;
import dev.klay.core.importing.CheatsRefusedException;
import dev.klay.core.service.Await;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainAccess;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.ChainUnavailableException;
import dev.klay.core.storage.DirectoryStorage;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Several nodes of one chain in one JVM: the same classes as nodes on several machines, linked in
 * memory.
 *
 * <pre>{@code
 * try (KlayNetwork aspen = KlayNetwork.start(ChainSpec.aspen())) {
 *   aspen.awaitHeight(13);
 *   aspen.explorer().latestBlocks(13)
 *       .forEach(b -> System.out.println(b.height() + " " + b.proposer()));
 * }
 * }</pre>
 */
public final class KlayNetwork implements ChainAccess, AutoCloseable {
  private static final int RANGERS_DEFAULT = 2;

  private final List<PrivateKey> keys = new ArrayList<>();
  private final List<Seat> nodes = new ArrayList<>();
  private final List<Seat> rangers = new ArrayList<>();

  private final InMemoryHub hub = new InMemoryHub();
  private final NetworkFaults faults;
  private final Optional<Cheats> cheats;
  private final Optional<DevSnapshots> snapshots;

  private KlayNetwork(Builder builder) {
    boolean complete = false;
    try {
      boolean fresh = builder.isFresh();
      for (Address validator : builder.spec.validators()) {
        PrivateKey key = builder.keyOf.apply(validator);
        keys.add(key);
        String name = builder.spec.validatorName(validator).orElseThrow();
        boolean serves = builder.rangers == 0 && nodes.isEmpty();
        Supplier<KlayNode> again = () -> builder.node(name, hub, serves).signer(key).start();
        KlayNode node =
            fresh
                // the chain begins here and now, so this key has signed nothing on it
                ? builder.node(name, hub, serves).signer(key).signsFrom(1).start()
                : again.get();
        nodes.add(new Seat(node, again));
      }
      for (int i = 1; i <= builder.rangers; i++) {
        PrivateKey key = DevKeys.ranger(i);
        keys.add(key);
        String name = rangerName(i);
        boolean serves = i == 1;
        Supplier<KlayNode> again =
            () -> builder.node(name, hub, serves).role(NodeRole.RANGER).signer(key).start();
        rangers.add(new Seat(again.get(), again));
      }
      List<Seat> all = new ArrayList<>(nodes);
      all.addAll(rangers);
      List<KlayNode> readersFirst = Stream.concat(rangers().stream(), nodes().stream()).toList();
      cheats =
          builder.development.map(shared -> new Cheats(readersFirst, shared, builder.shifted()));
      snapshots = cheats.map(DevSnapshots::new);
      readersFirst.forEach(this::equip);
      faults = new NetworkFaults(all, hub, cheats, this::equip);
      complete = true;
    } finally {
      if (!complete) {
        closeNodes();
      }
    }
  }

  /** Cheats over JSON-RPC, where there are some. */
  private void equip(KlayNode node) {
    if (cheats.isPresent()) {
      Cheats powers = cheats.orElseThrow();
      node.addNamespace(new DevChainMethods(powers, snapshots.orElseThrow(), node.service()));
      node.addNamespace(new DevAccountMethods(powers, node.service()));
    }
  }

  private static String rangerName(int number) {
    return "Ranger" + (number < 10 ? "0" : "") + number;
  }

  /** All validators of a chain whose keys are published, and two rangers. */
  public static KlayNetwork start(ChainSpec spec) {
    return of(spec).start();
  }

  /** A network to be configured. */
  public static Builder of(ChainSpec spec) {
    return new Builder(spec);
  }

  /**
   * A network in virtual time, decided by one seed, in which anything may fail: for tests of what
   * an application, or the chain itself, does then.
   */
  public static SimulatedNetwork.Builder simulated(int validators) {
    return SimulatedNetwork.of(validators);
  }

  /**
   * Powers for development.
   *
   * @throws CheatsRefusedException if the network was started without
   */
  public Cheats cheats() {
    return cheats.orElseThrow(
        () ->
            new CheatsRefusedException(
                "this network was started without cheats: KlayNetwork.of(spec).cheats().start()"));
  }

  /** Whether there are {@link #cheats}. */
  public boolean hasCheats() {
    return cheats.isPresent();
  }

  /**
   * The clock of all nodes, which can be moved.
   *
   * @throws CheatsRefusedException if the network was started without cheats
   */
  public DevClock clock() {
    return cheats().clock();
  }

  /**
   * Starts one more node in this network; it is the caller's to close.
   *
   * @throws CheatsRefusedException if the network has cheats, which this node could not follow
   */
  public KlayNode join(NodeBuilder node) {
    if (cheats.isPresent()) {
      throw new CheatsRefusedException(
          "a network with cheats cannot be joined: start it with more rangers, or without cheats");
    }
    return node.transport(hub.connect()).start();
  }

  /** The consensus nodes: Node01, Node02, ... */
  public List<KlayNode> nodes() {
    return nodes.stream().map(Seat::node).toList();
  }

  public List<KlayNode> rangers() {
    return rangers.stream().map(Seat::node).toList();
  }

  /** A consensus node by its place, from 0; the one that runs now, if it was restarted. */
  public KlayNode node(int index) {
    return nodes.get(index).node();
  }

  /** Stops, restarts, pauses, cuts off and slows down nodes. */
  public NetworkFaults faults() {
    return faults;
  }

  /** The service of the first ranger, or of Node01 where there is none. */
  @Override
  public ChainService service() {
    return serving().service();
  }

  private KlayNode serving() {
    return (rangers.isEmpty() ? nodes : rangers).get(0).node();
  }

  /** Answers JSON-RPC of the same node in this process, without a socket. */
  public JsonRpc rpc() {
    return serving().rpc();
  }

  /** Where that node listens for JSON-RPC. */
  public List<InetSocketAddress> rpcAddresses() {
    return serving().rpcAddresses();
  }

  public Explorer explorer() {
    return new Explorer(service());
  }

  /** Waits until the node that serves reads has a block. */
  public void awaitHeight(long height) {
    awaitHeight(service(), height);
  }

  /** Waits until every node has a block. */
  public void awaitHeightEverywhere(long height) {
    nodes().forEach(node -> awaitHeight(node.service(), height));
    rangers().forEach(node -> awaitHeight(node.service(), height));
  }

  /** Waits until a chain has a block. */
  public static void awaitHeight(ChainService service, long height) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    service.blocks(height).subscribe(new FirstBlock(reached));
    Await.of(reached);
  }

  private record FirstBlock(CompletableFuture<Void> reached) implements Flow.Subscriber<BlockView> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      CompletableFuture<Void> unused =
          reached.whenComplete((nothing, failure) -> subscription.cancel());
      subscription.request(1);
    }

    @Override
    public void onNext(BlockView block) {
      reached.complete(null);
    }

    @Override
    public void onError(Throwable failure) {
      reached.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      reached.completeExceptionally(new ChainUnavailableException("the node is closed"));
    }
  }

  /** Closes every node; no thread is left. */
  @Override
  public void close() {
    cheats.ifPresent(Cheats::close);
    closeNodes();
  }

  private void closeNodes() {
    CloseStack parts = new CloseStack();
    keys.forEach(key -> parts.add(key::close));
    parts.add(hub::close);
    nodes.forEach(seat -> parts.add(seat.node()::close));
    rangers.forEach(seat -> parts.add(seat.node()::close));
    parts.close();
  }

  /** What a network needs to know. */
  public static final class Builder {
    private final ChainSpec spec;
    private int rangers = RANGERS_DEFAULT;
    private InstantSource clock = Clock.systemUTC();
    private Function<Address, PrivateKey> keyOf = Builder::publishedKey;
    private boolean cheating;
    private Optional<Development> development = Optional.empty();
    private Function<String, Storage> storageOf = name -> Storage.inMemory();
    private UnaryOperator<NodeBuilder> importing = UnaryOperator.identity();
    private Optional<ShiftedClock> shifted = Optional.empty();
    private Optional<Snapshot> snapshot = Optional.empty();
    private final List<RpcEndpoint> endpoints = new ArrayList<>();
    private UnlockedAccounts unlocked = UnlockedAccounts.NONE;

    private Builder(ChainSpec spec) {
      this.spec = spec;
    }

    public Builder rangers(int count) {
      if (count < 0 || count > 1000) {
        throw new IllegalArgumentException("0 to 1000 rangers, not " + count);
      }
      rangers = count;
      return this;
    }

    /** The clock of all nodes. */
    public Builder clock(InstantSource newClock) {
      clock = newClock;
      return this;
    }

    /** The keys of the validators, where they are not the published ones. */
    public Builder keys(Function<Address, PrivateKey> newKeyOf) {
      keyOf = newKeyOf;
      return this;
    }

    /** Where each node keeps its chain, by the node's name; the heap unless told otherwise. */
    public Builder storage(Function<String, Storage> newStorageOf) {
      storageOf = newStorageOf;
      return this;
    }

    /** Keeps each node's chain in a directory of its name below this one, and its votes beside. */
    public Builder data(Path directory) {
      return storage(name -> Storage.directory(directory.resolve(name)));
    }

    /** Whether no validator has anything from before. */
    private boolean isFresh() {
      for (Address validator : spec.validators()) {
        Storage storage = storageOf.apply(spec.validatorName(validator).orElseThrow());
        if (storage instanceof DirectoryStorage kept && Files.exists(kept.path())) {
          return false;
        }
      }
      return true;
    }

    /**
     * A file of blocks of this chain, exported by {@link KlayNode#exportBlocks}, that every node
     * imports before it starts; the network goes on behind them. The validators' keys must have
     * signed nothing behind the file's last block, or who knows of that has proof against them.
     *
     * @param listener is told after each block of each node
     */
    public Builder importing(Path file, Consumer<BlockFileImport.Progress> listener) {
      importing = node -> node.importing(file, listener);
      return this;
    }

    /** Gives the network {@link Cheats}; it stays in memory. */
    public Builder cheats() {
      cheating = true;
      return this;
    }

    /** Starts where a snapshot of the same chain was taken, with cheats; the snapshot stays. */
    public Builder startFrom(Snapshot newSnapshot) {
      snapshot = Optional.of(newSnapshot);
      return cheats();
    }

    private static PrivateKey publishedKey(Address validator) {
      return DevKeys.ofValidator(validator)
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "the key of validator " + validator + " is not published; call keys(...)"));
    }

    /** Serves JSON-RPC on a port of this machine, see {@link NodeBuilder#rpc(int)}. */
    public Builder rpc(int port) {
      return rpc(RpcEndpoint.loopback(port));
    }

    /** The node that serves reads serves JSON-RPC there; may be called for several. */
    public Builder rpc(RpcEndpoint endpoint) {
      endpoints.add(endpoint);
      return this;
    }

    /** Development accounts that this node signs for, for whoever asks over JSON-RPC. */
    public Builder unlocked(UnlockedAccounts accounts) {
      unlocked = accounts;
      return this;
    }

    private NodeBuilder node(String name, InMemoryHub hub, boolean serves) {
      NodeBuilder node = importing.apply(KlayNode.of(spec)).name(name).transport(hub.connect());
      if (serves) {
        endpoints.forEach(node::rpc);
        node.unlocked(unlocked);
      }
      return development
          .map(shared -> node.clock(shifted()).development(shared))
          .orElseGet(() -> node.clock(clock).storage(storageOf.apply(name)));
    }

    private ShiftedClock shifted() {
      return shifted.orElseThrow();
    }

    private void develop(Sealing sealing, ShiftedClock time) {
      snapshot.ifPresent(
          from -> {
            sealing.setRewardBase(from.coinbase());
            time.set(from.time());
          });
      Impersonation impersonation = new Impersonation(spec.chainId());
      development = Optional.of(new Development(sealing, impersonation, snapshot));
      shifted = Optional.of(time);
    }

    /**
     * Starts all nodes; reads and writes work when this returns.
     *
     * @throws CheatsRefusedException if cheats were asked for and the chain is of kind MAIN
     * @throws IllegalArgumentException if the snapshot to start from is of another chain
     */
    public KlayNetwork start() {
      if (cheating && spec.kind() == NetworkKind.MAIN) {
        throw new CheatsRefusedException(
            "a chain of kind MAIN has no cheats: start one of kind TEST or DEVELOPMENT");
      }
      if (cheating) {
        develop(new Sealing(), new ShiftedClock(clock));
      }
      return new KlayNetwork(this);
    }
  }
}
