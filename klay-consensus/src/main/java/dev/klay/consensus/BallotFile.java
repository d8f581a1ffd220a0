package dev.klay.consensus;

import dev.klay.consensus.node.Ballots;
import dev.klay.core.config.Ballot;
import dev.klay.core.storage.CorruptStoreException;
import dev.klay.core.storage.StorageFailedException;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A node's open ballots in a file beside its chain: one a line, {@code add 0x...} or {@code remove
 * 0x...}. Replaced as a whole, so that a crash leaves the old ones or the new ones. An operator may
 * edit it while the node is down.
 */
record BallotFile(Path file) implements Ballots.Keeper {
  private static final int SIZE_MAX = 64 << 10;
  private static final String ADD = "add ";
  private static final String REMOVE = "remove ";

  /**
   * The ballots that were kept, none if there is no file.
   *
   * @throws CorruptStoreException naming the line that is no ballot
   * @throws StorageFailedException if it cannot be read
   */
  List<Ballot> read() {
    List<Ballot> ballots = new ArrayList<>();
    try {
      if (!Files.exists(file)) {
        return ballots;
      }
      if (Files.size(file) > SIZE_MAX) {
        throw new CorruptStoreException(file + " is too long for open ballots");
      }
      for (String line : Files.readString(file, StandardCharsets.US_ASCII).lines().toList()) {
        ballots.add(parse(line));
      }
    } catch (IOException e) {
      throw new StorageFailedException("cannot read the open ballots in " + file, e);
    }
    if (ballots.size() > Ballots.MAX) {
      throw new CorruptStoreException(file + " has more than " + Ballots.MAX + " ballots");
    }
    return ballots;
  }

  private Ballot parse(String line) {
    boolean adds = line.startsWith(ADD);
    if (!adds && !line.startsWith(REMOVE)) {
      throw noBallot(line);
    }
    try {
      String address = line.substring(adds ? ADD.length() : REMOVE.length());
      return new Ballot(Address.parse(address.strip()), adds);
    } catch (DecodingException | IllegalArgumentException e) {
      throw noBallot(line);
    }
  }

  private CorruptStoreException noBallot(String line) {
    return new CorruptStoreException(
        file
            + " holds no ballot in line '"
            + line
            + "': mend the line, or delete the file and cast"
            + " its ballots again");
  }

  @Override
  public void keep(List<Ballot> open) {
    StringBuilder text = new StringBuilder();
    for (Ballot ballot : open) {
      text.append(ballot.adds() ? ADD : REMOVE).append(ballot.target().toHex()).append('\n');
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(unfinished, text, StandardCharsets.US_ASCII);
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StorageFailedException("cannot keep the open ballots in " + file, e);
    }
  }
}
