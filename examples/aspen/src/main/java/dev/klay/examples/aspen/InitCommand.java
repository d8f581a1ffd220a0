package dev.klay.examples.aspen;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.transport.tcp.Endpoint;
import dev.klay.consensus.transport.tcp.PeerAddress;
import dev.klay.consensus.transport.tcp.PeerFile;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes keys, genesis and peers file of a new network on several machines, as Klaytn's homi. */
@Command(
    name = "init",
    description = "Writes keys, genesis and peers file of a new network on several machines.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class InitCommand implements Callable<Integer> {
  private static final int PASSWORD_LENGTH = 24;
  private static final String PASSWORD_LETTERS =
      "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--nodes", paramLabel = "N", description = "consensus nodes (4)")
  private int nodes = 4;

  @Option(names = "--rangers", paramLabel = "N", description = "ranger nodes (1)")
  private int rangers = 1;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "a new directory")
  private Path out = Path.of("");

  @Option(names = "--host", paramLabel = "HOST", description = "of all nodes (127.0.0.1)")
  private String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "PORT", description = "of the first node (32323)")
  private int port = 32_323;

  @Option(names = "--chain-id", paramLabel = "N", description = "chain id (1000)")
  private long chainId = ChainSpec.ASPEN_CHAIN_ID;

  @Option(names = "--period", paramLabel = "MS", description = "between blocks (1000)")
  private long periodMillis = 1000;

  @Option(
      names = "--password",
      paramLabel = "FILE",
      description = "for all key files (a random one, written beside each)")
  private @Nullable Path password;

  @Option(names = "--light", description = "key files that open fast, for tests only")
  private boolean light;

  private record NewNode(String name, NodeRole role, PrivateKey key, Optional<Endpoint> endpoint) {}

  @Override
  public Integer call() throws IOException {
    if (nodes < 1 || nodes > 100 || rangers < 0 || rangers > 64) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "1 to 100 nodes and 0 to 64 rangers");
    }
    if (Files.exists(out)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), out + " exists; nothing was written");
    }
    SecureRandom random = new SecureRandom();
    List<NewNode> network = generate(random);
    try {
      ChainSpec chain =
          ChainSpec.aspen()
              .withValidators(addressesOfValidators(network))
              .withChainId(chainId)
              .withBlockPeriod(Duration.ofMillis(periodMillis));
      Files.createDirectories(out);
      Files.writeString(out.resolve("genesis.json"), chain.toJson());
      List<PeerAddress> peers =
          network.stream()
              .map(n -> new PeerAddress(n.name(), n.role(), n.key().address(), n.endpoint()))
              .toList();
      Files.writeString(out.resolve("peers.txt"), PeerFile.format(peers));
      for (NewNode node : network) {
        writeKey(node, random);
      }
    } finally {
      network.forEach(node -> node.key().close());
    }
    explain(network);
    return CommandLine.ExitCode.OK;
  }

  /** Validators are named in the order of their addresses, in which they propose. */
  private List<NewNode> generate(SecureRandom random) {
    List<PrivateKey> keys = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      keys.add(PrivateKey.generate(random));
    }
    keys.sort(Comparator.comparing(PrivateKey::address));
    List<NewNode> network = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      Endpoint endpoint = new Endpoint(host, port + i);
      network.add(
          new NewNode(
              ChainSpec.nodeName(i), NodeRole.CONSENSUS, keys.get(i), Optional.of(endpoint)));
    }
    for (int i = 1; i <= rangers; i++) {
      String name = "Ranger" + (i < 10 ? "0" : "") + i;
      network.add(
          new NewNode(name, NodeRole.RANGER, PrivateKey.generate(random), Optional.empty()));
    }
    return network;
  }

  private static List<Address> addressesOfValidators(List<NewNode> network) {
    return network.stream()
        .filter(node -> node.role() == NodeRole.CONSENSUS)
        .map(node -> node.key().address())
        .toList();
  }

  private void writeKey(NewNode node, SecureRandom random) throws IOException {
    Path directory = out.resolve(node.name());
    Files.createDirectory(directory, ownerOnly(directory, "rwx------"));
    char[] secret = password != null ? NodeMode.readPassword(password) : newPassword(random);
    try {
      Keystore.encrypt(
              node.key(), secret, light ? KeystoreCost.LIGHT : KeystoreCost.STANDARD, random)
          .writeTo(directory.resolve("key.json"));
      if (password == null) {
        Path file = directory.resolve("password");
        Files.createFile(file, ownerOnly(directory, "rw-------"));
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
        Files.write(file, bytes);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(encoded.array(), (byte) 0);
      }
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private static char[] newPassword(SecureRandom random) {
    char[] letters = new char[PASSWORD_LENGTH];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = PASSWORD_LETTERS.charAt(random.nextInt(PASSWORD_LETTERS.length()));
    }
    return letters;
  }

  private static FileAttribute<?>[] ownerOnly(Path near, String permissions) {
    Path existing = near.toAbsolutePath().getParent();
    try {
      boolean posix =
          existing != null && Files.getFileStore(existing).supportsFileAttributeView("posix");
      return posix
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
          }
          : new FileAttribute<?>[0];
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + near, e);
    }
  }

  private void explain(List<NewNode> network) {
    PrintWriter to = spec.commandLine().getOut();
    to.println("wrote " + out.resolve("genesis.json") + ", " + out.resolve("peers.txt"));
    to.println("give each machine these two and its own directory, put its host into peers.txt,");
    to.println("and start there:");
    for (NewNode node : network) {
      Path own = out.resolve(node.name());
      to.printf(
          "  java -jar aspen.jar --node %s --peers %s --genesis %s --data %s%n",
          own.resolve("key.json"),
          out.resolve("peers.txt"),
          out.resolve("genesis.json"),
          own.resolve("chain"));
    }
    to.flush();
  }
}
