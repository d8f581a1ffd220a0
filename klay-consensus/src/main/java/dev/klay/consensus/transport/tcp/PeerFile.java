package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.NodeRole;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The nodes of a network in a text file, the same file on every node. A line is a node:
 *
 * <pre>
 * # name  role       address                                     listens at
 * Node01  consensus  0x71C7656EC7ab88b098defB751B7401B5f6d8976F  10.0.0.1:32323
 * Ranger1 ranger     0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF  -
 * </pre>
 */
public final class PeerFile {
  /** Nodes in one file. */
  public static final int PEERS_MAX = 200;

  private static final long SIZE_BYTES_MAX = 1 << 20;

  private PeerFile() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the line that is wrong
   * @throws UncheckedIOException if it cannot be read
   */
  public static List<PeerAddress> read(Path file) {
    try {
      if (Files.size(file) > SIZE_BYTES_MAX) {
        throw new IllegalArgumentException(file + " is no list of peers: over 1 MiB");
      }
      return parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the peers in " + file, e);
    }
  }

  /**
   * Reads the text of such a file.
   *
   * @throws IllegalArgumentException naming the line that is wrong
   */
  public static List<PeerAddress> parse(String text) {
    List<PeerAddress> peers = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String content = line.replaceFirst("#.*", "").strip();
      if (content.isEmpty()) {
        continue;
      }
      PeerAddress peer = parseLine(number, content.split("\\s+"));
      if (peers.stream().anyMatch(known -> known.identity().equals(peer.identity()))) {
        throw wrong(number, peer.identity() + " is there twice");
      }
      if (peers.size() >= PEERS_MAX) {
        throw wrong(number, "more than " + PEERS_MAX + " peers");
      }
      peers.add(peer);
    }
    return List.copyOf(peers);
  }

  private static PeerAddress parseLine(int number, String[] fields) {
    if (fields.length != 4) {
      throw wrong(number, "a line is: NAME consensus|ranger ADDRESS HOST:PORT, or - for no port");
    }
    try {
      return new PeerAddress(
          fields[0],
          NodeRole.valueOf(fields[1].toUpperCase(Locale.ROOT)),
          Address.parse(fields[2]),
          fields[3].equals("-") ? Optional.empty() : Optional.of(Endpoint.parse(fields[3])));
    } catch (DecodingException | IllegalArgumentException e) {
      throw wrong(number, String.valueOf(e.getMessage()));
    }
  }

  private static IllegalArgumentException wrong(int number, String what) {
    return new IllegalArgumentException("line " + number + " of the peers: " + what);
  }

  /** The text of a file with these peers. */
  public static String format(List<PeerAddress> peers) {
    StringBuilder text = new StringBuilder("# name role address listens-at\n");
    for (PeerAddress peer : peers) {
      text.append(peer.name())
          .append(' ')
          .append(peer.role().name().toLowerCase(Locale.ROOT))
          .append(' ')
          .append(peer.identity())
          .append(' ')
          .append(peer.endpoint().map(Endpoint::toString).orElse("-"))
          .append('\n');
    }
    return text.toString();
  }
}
