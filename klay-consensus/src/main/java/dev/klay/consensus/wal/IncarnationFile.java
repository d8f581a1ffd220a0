package dev.klay.consensus.wal;

import dev.klay.crypto.primitive.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file beside the key file with the incarnation of the ledger that belongs to the key. */
public record IncarnationFile(Path file) implements Incarnation.Memo {
  private static final int SIZE = Incarnation.SIZE + Long.BYTES;

  @Override
  public long notedHeight() {
    try {
      byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      return content.length == SIZE ? ByteBuffer.wrap(content).getLong(Incarnation.SIZE) : 0;
    } catch (IOException e) {
      throw new LedgerFailedException("cannot read " + file, e);
    }
  }

  @Override
  public void noteHeight(long height) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).putLong(height).flip();
      channel.write(bytes, Incarnation.SIZE);
    } catch (IOException e) {
      throw new LedgerFailedException("cannot write " + file, e);
    }
  }

  @Override
  public Optional<Incarnation> read() {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      byte[] content = Files.readAllBytes(file);
      return content.length == SIZE
          ? Optional.of(new Incarnation(Bytes.wrap(content).slice(0, Incarnation.SIZE)))
          : Optional.empty(); // damaged: as good as none, and the ledger counts as an old copy
    } catch (IOException e) {
      throw new LedgerFailedException("cannot read " + file, e);
    }
  }

  @Override
  public void write(Incarnation incarnation) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        channel.write(ByteBuffer.allocate(SIZE).put(incarnation.id().toArray()).rewind());
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory();
    } catch (IOException e) {
      throw new LedgerFailedException("cannot write " + file, e);
    }
  }

  private void syncDirectory() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && directory.getFileSystem().getSeparator().equals("/")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
