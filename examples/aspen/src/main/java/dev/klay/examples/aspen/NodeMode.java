package dev.klay.examples.aspen;

import dev.klay.consensus.Checkpoint;
import dev.klay.consensus.KlayNode;
import dev.klay.consensus.NodeBuilder;
import dev.klay.consensus.NodeRole;
import dev.klay.consensus.transport.tcp.Endpoint;
import dev.klay.consensus.transport.tcp.PeerAddress;
import dev.klay.consensus.transport.tcp.PeerFile;
import dev.klay.core.config.CarriedState;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.primitive.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** One node of a network on several machines, in a process of its own. */
final class NodeMode {
  private static final int PASSWORD_BYTES_MAX = 1024;

  @Option(
      names = "--node",
      paramLabel = "KEYFILE",
      description = "run this one node of a network on several machines; see the command init")
  private @Nullable Path keyFile;

  @Option(names = "--peers", paramLabel = "FILE", description = "its network's nodes")
  private @Nullable Path peers;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "where peers connect (as the peers file has it)")
  private @Nullable String listen;

  @Option(
      names = "--password",
      paramLabel = "FILE",
      description = "with the key file's password (a file password beside it)")
  private @Nullable Path password;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "what the chain starts from, as the command promote writes it; for the first start")
  private @Nullable Path state;

  @Option(
      names = "--checkpoint",
      paramLabel = "HEIGHT:HASH",
      converter = ReadCheckpoint.class,
      description = "a block that is on the chain for certain: no other is taken at its height")
  private @Nullable Checkpoint checkpoint;

  @Option(
      names = "--signs-from",
      paramLabel = "HEIGHT",
      description =
          "this node, whose votes were lost, signed nothing from there on (said wrongly, this can"
              + " split the chain; see OPERATOR.md)")
  private @Nullable Long signsFrom;

  private static final class ReadCheckpoint implements ITypeConverter<Checkpoint> {
    @Override
    public Checkpoint convert(String text) {
      try {
        return Checkpoint.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(wrong.getMessage());
      }
    }
  }

  boolean isAsked() {
    return keyFile != null;
  }

  /** The chain of the network that the node belongs to. */
  ChainSpec chain(@Nullable Path genesis) {
    ChainSpec chain = ChainSpec.parse(readText(need(genesis, "--genesis")));
    return state == null ? chain : chain.withState(readState(state));
  }

  /**
   * Starts the node.
   *
   * @param genesis the network's genesis.json
   * @param data where it keeps its chain; in memory if there is none
   * @param listeners of JSON-RPC
   */
  KlayNode start(@Nullable Path genesis, @Nullable Path data, List<ListenAddress> listeners) {
    Path key = need(keyFile, "--node");
    List<PeerAddress> network = PeerFile.read(need(peers, "--peers"));
    ChainSpec spec = chain(genesis);
    UnlockedKeystore opened = unlock(key);
    NodeBuilder builder = KlayNode.of(spec).signer(opened).keyFile(key).peers(network);
    Address self = opened.address();
    network.stream()
        .filter(peer -> peer.identity().equals(self))
        .findFirst()
        .ifPresent(
            own -> {
              builder.name(own.name()).role(own.role());
              own.endpoint().ifPresent(builder::listen);
            });
    if (network.stream().noneMatch(peer -> peer.identity().equals(self))) {
      builder.role(spec.validators().contains(self) ? NodeRole.CONSENSUS : NodeRole.RANGER);
    }
    if (listen != null) {
      builder.listen(Endpoint.parse(listen));
    }
    if (checkpoint != null) {
      builder.checkpoint(checkpoint);
    }
    if (signsFrom != null) {
      builder.signsFrom(signsFrom);
    }
    if (data != null) {
      builder.storage(Storage.directory(data));
    }
    listeners.forEach(listener -> listener.endpoint().ifPresent(builder::rpc));
    return builder.start();
  }

  private static Path need(@Nullable Path file, String flag) {
    if (file == null) {
      throw new IllegalArgumentException("a node needs --node, --peers and --genesis: " + flag);
    }
    return file;
  }

  private static CarriedState readState(Path file) {
    try {
      return PromoteCommand.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static String readText(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private UnlockedKeystore unlock(Path key) {
    char[] secret = readPassword(password != null ? password : key.resolveSibling("password"));
    try {
      return Keystore.read(key).unlock(secret);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /** The first line of a file, without ever becoming a string. */
  static char[] readPassword(Path file) {
    byte[] bytes;
    try {
      if (Files.size(file) > PASSWORD_BYTES_MAX) {
        throw new IllegalArgumentException(file + " is no password: over 1 KiB");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the password in " + file, e);
    }
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    char[] line = new char[end];
    text.get(line);
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(text.array(), '\0');
    return line;
  }
}
