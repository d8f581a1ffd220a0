package dev.klay.examples.aspen;

import dev.klay.client.KlayChain;
import dev.klay.consensus.ImportedNode;
import dev.klay.consensus.KlayNetwork;
import dev.klay.consensus.KlayNode;
import dev.klay.consensus.rpc.RpcEndpoint;
import dev.klay.consensus.rpc.UnlockedAccounts;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.ImportedChain;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the network, shows a small scenario and then every block, until it is told to stop. */
@Command(
    name = "aspen",
    description = "Runs the Aspen network: consensus nodes and rangers in one process.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {InitCommand.class, PromoteCommand.class})
public final class AspenLauncher implements Callable<Integer> {
  private static final String OFF = "off";
  private static final long STOP_MILLIS = 5_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--validators", paramLabel = "N", description = "consensus nodes (13)")
  private int validators = 13;

  @Option(names = "--rangers", paramLabel = "N", description = "ranger nodes (2)")
  private int rangers = 2;

  @Option(
      names = "--block-time",
      paramLabel = "D",
      description = "such as 1s or 200ms; 0 seals on demand (1s)")
  private String blockTime = "1s";

  @Option(names = "--chain-id", paramLabel = "N", description = "chain id (1000)")
  private long chainId = ChainSpec.ASPEN_CHAIN_ID;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "JSON-RPC over HTTP (127.0.0.1:8551), or off")
  private String http = "127.0.0.1:8551";

  @Option(
      names = "--ws",
      paramLabel = "HOST:PORT",
      description = "JSON-RPC over WebSocket (127.0.0.1:8552), or off")
  private String ws = "127.0.0.1:8552";

  @Option(names = "--web", paramLabel = "HOST:PORT", description = "pages; not available yet")
  private String web = OFF;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keeps the chain there and goes on with it (in memory)")
  private @Nullable Path data;

  @Mixin private NodeMode nodeMode = new NodeMode();

  @Option(
      names = "--mnemonic",
      paramLabel = "WORDS",
      description = "of the development accounts (test ... junk)")
  private String mnemonic = KlayChain.DEV_MNEMONIC;

  @Option(names = "--accounts", paramLabel = "N", description = "funded accounts (10)")
  private int accounts = KlayChain.ACCOUNTS;

  @Option(names = "--balance", paramLabel = "KLAY", description = "of each account (10000)")
  private String balance = "10000";

  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      description =
          "Klaytn's genesis.json instead of Aspen's. A chain whose validators' keys are not the"
              + " published ones is imported and read, nobody seals it")
  private @Nullable Path genesis;

  @Option(
      names = "--import",
      paramLabel = "FILE",
      description = "blocks.rlp to import before starting, in Klaytn's export format")
  private @Nullable Path importFile;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "writes all blocks to a file like that and exits; with --data or --import")
  private @Nullable Path exportFile;

  @Option(
      names = "--dev",
      description = "signs for the development accounts; evm_*, hardhat_*, anvil_* methods")
  private boolean dev;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new AspenLauncher())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (!(failure instanceof KlayException || failure instanceof RuntimeException)) {
                throw failure;
              }
              command.getErr().println("aspen: " + failure.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    refuseWhatIsNotThere();
    ChainSpec chain = nodeMode.isAsked() ? nodeMode.chain(genesis) : chain();
    if (exportFile != null || chain.sealRule() == SealRule.ISTANBUL) {
      return read(chain);
    }
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitStop(stop, stopped)));
    List<ListenAddress> listeners = listeners();
    if (nodeMode.isAsked()) {
      runNode(listeners, out, stop);
      stopped.countDown();
      return CommandLine.ExitCode.OK;
    }
    KlayNetwork.Builder builder = KlayNetwork.of(chain).rangers(rangers);
    if (data != null) {
      builder.data(data);
    }
    listeners.forEach(listener -> listener.addTo(builder));
    if (importFile != null) {
      PrintWriter err = spec.commandLine().getErr();
      builder.importing(importFile, new ImportProgress(err, sizeOf(importFile), System::nanoTime));
    }
    List<PrivateKey> unlocked = dev ? devKeys() : List.of();
    if (dev) {
      builder.cheats().unlocked(new UnlockedAccounts(unlocked));
    }
    try (KlayNetwork network = builder.start()) {
      ready(chain, listeners, network.rpcAddresses(), chain.validators().size());
      if (!dev) { // tools expect a chain that nobody has used
        new Scenario(network, out).run();
        LiveView view = new LiveView(network.explorer(), out);
        network.service().blocks(1).subscribe(view);
      }
      stop.await();
    }
    unlocked.forEach(PrivateKey::close);
    stopped.countDown();
    return CommandLine.ExitCode.OK;
  }

  /** One node, whose peers run elsewhere. */
  private void runNode(List<ListenAddress> listeners, PrintWriter out, CountDownLatch stop)
      throws InterruptedException {
    try (KlayNode node = nodeMode.start(genesis, data, listeners)) {
      Iterator<InetSocketAddress> bound = node.rpcAddresses().iterator();
      List<String> shown = listeners.stream().map(listener -> listener.shown(bound)).toList();
      out.printf(
          "ready http=%s ws=%s web=%s chainId=%d validators=%d node=%s listen=%d%n",
          shown.get(0),
          shown.get(1),
          web,
          node.service().info().spec().chainId(),
          node.head().governance().validators().size(),
          node.name(),
          node.port());
      out.flush();
      node.service().blocks(node.head().number() + 1).subscribe(new LiveView(node.explorer(), out));
      stop.await();
    }
  }

  private void ready(
      ChainSpec chain, List<ListenAddress> listeners, List<InetSocketAddress> bound, int sealing) {
    Iterator<InetSocketAddress> next = bound.iterator();
    List<String> shown = listeners.stream().map(listener -> listener.shown(next)).toList();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "ready http=%s ws=%s web=%s chainId=%d validators=%d%n",
        shown.get(0), shown.get(1), web, chain.chainId(), sealing);
    out.flush();
  }

  /** Serves a chain that nobody seals here, or only writes its blocks down. */
  private int read(ChainSpec chain) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitStop(stop, stopped)));
    try (ImportedChain imported = ImportedChain.open(chain, storage(chain))) {
      if (importFile != null) {
        BlockFiles.importFile(imported, importFile, err);
      }
      if (exportFile != null) {
        BlockFiles.exportFile(imported, exportFile, err);
        return CommandLine.ExitCode.OK;
      }
      List<ListenAddress> listeners = listeners();
      List<RpcEndpoint> endpoints =
          listeners.stream().flatMap(listener -> listener.endpoint().stream()).toList();
      try (ImportedNode node = ImportedNode.start(imported, endpoints)) {
        ready(chain, listeners, node.rpcAddresses(), 0);
        stop.await();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      stopped.countDown();
    }
    return CommandLine.ExitCode.OK;
  }

  /** Below the directory, as a network keeps the chain of each node by its name. */
  private Storage storage(ChainSpec chain) {
    String name = chain.sealRule() == SealRule.ISTANBUL ? "Imported" : ChainSpec.nodeName(0);
    return data == null ? Storage.inMemory() : Storage.directory(data.resolve(name));
  }

  private long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw wrong("no file " + file);
    }
  }

  /** Runs when the process is told to end: lets the network close, but not for ever. */
  private static void awaitStop(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await(STOP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refuseWhatIsNotThere() {
    Map<String, Boolean> asked = new LinkedHashMap<>();
    asked.put("--web", !web.equals(OFF));
    asked.forEach(
        (flag, given) -> {
          if (given) {
            throw wrong(flag + " is not available yet");
          }
        });
  }

  private List<ListenAddress> listeners() {
    try {
      return List.of(ListenAddress.parse("--http", http), ListenAddress.parse("--ws", ws));
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ChainSpec chain() {
    if (validators < 1 || validators > 100) {
      throw wrong("--validators is 1 to 100, not " + validators);
    }
    if (rangers < 0 || rangers > 100) {
      throw wrong("--rangers is 0 to 100, not " + rangers);
    }
    if (accounts < 0 || accounts > 1000) {
      throw wrong("--accounts is 0 to 1000, not " + accounts);
    }
    if (chainId < 1) {
      throw wrong("--chain-id is positive, not " + chainId);
    }
    if (importFile != null && !Files.isReadable(importFile)) {
      throw wrong("--import: there is no file " + importFile);
    }
    if (exportFile != null && importFile == null && data == null) {
      throw wrong("--export needs --data or --import, there is nothing to export");
    }
    if (genesis != null) {
      return ofGenesis(genesis);
    }
    try {
      List<PrivateKey> keys = devKeys();
      ChainSpec chain =
          ChainSpec.aspen()
              .withValidators(validators)
              .withChainId(chainId)
              .withBlockPeriod(parse(blockTime))
              .withAccounts(keys.stream().map(PrivateKey::address).toList(), Amount.klay(balance));
      keys.forEach(PrivateKey::close);
      return chain;
    } catch (KlayException | IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private List<PrivateKey> devKeys() {
    return KlayChain.devKeys(mnemonic.toCharArray(), accounts);
  }

  private ChainSpec ofGenesis(Path file) {
    try {
      ChainSpec chain = GenesisFile.read(file);
      if (spec.commandLine().getParseResult().hasMatchedOption("--chain-id")
          && chain.chainId() != chainId) {
        throw wrong("--chain-id is " + chainId + ", " + file + " says " + chain.chainId());
      }
      return chain.sealRule() == SealRule.ISTANBUL
          ? chain
          : chain.withBlockPeriod(parse(blockTime));
    } catch (IOException e) {
      throw wrong("--genesis: " + file + " cannot be read: " + e.getMessage());
    } catch (KlayException | IllegalArgumentException e) {
      throw wrong("--genesis: " + file + ": " + e.getMessage());
    }
  }

  private static Duration parse(String text) {
    String digits = text.replaceAll("(ms|s)$", "");
    if (!digits.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("--block-time is like 1s, 200ms or 0, not " + text);
    }
    long number = Long.parseLong(digits);
    return text.endsWith("ms") || !text.endsWith("s")
        ? Duration.ofMillis(number)
        : Duration.ofSeconds(number);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
