package dev.klay.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A private file of lines that are appended: {@code <crc32c in 8 hex digits> <text>\n}. A rest
 * without its end is a write that was torn, of which nobody was told, and is left out; anything
 * else that does not fit its checksum is damage. Calls wait for each other.
 */
final class SponsorLines {
  private static final int CRC_DIGITS = 8;

  private final Path file;
  private @Nullable FileChannel channel;
  private boolean unkept;

  SponsorLines(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** All whole lines; none if there is no file. */
  List<String> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    String content = content();
    int from = 0;
    for (int end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', from)) {
      lines.add(checked(content.substring(from, end), lines.size() + 1));
      from = end + 1;
    }
    return lines;
  }

  private String content() {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new SponsorBookException("cannot read " + file, e);
    }
  }

  private String checked(String line, int number) {
    boolean whole = line.length() > CRC_DIGITS + 1 && line.charAt(CRC_DIGITS) == ' ';
    String text = whole ? line.substring(CRC_DIGITS + 1) : "";
    if (!whole || !line.substring(0, CRC_DIGITS).equals(crc(text))) {
      throw new SponsorBookException(
          "line "
              + number
              + " of "
              + file
              + " is damaged; what was spent today is not known: wait for the next day (UTC), then"
              + " remove the file");
    }
    return text;
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return String.format("%08x", crc.getValue());
  }

  private static ByteBuffer encoded(String text) {
    String line = crc(text) + " " + text + "\n";
    return ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Adds a line.
   *
   * @param kept whether it is durable when this returns; if not, a failure shows at the next that
   *     is
   */
  synchronized void append(String text, boolean kept) {
    FileChannel out = channel;
    if (out == null || unkept) {
      if (kept) {
        throw new SponsorBookException(
            file + (unkept ? " could not be written; open it again" : " is closed"));
      }
      return;
    }
    boolean done = false;
    try {
      write(out, text);
      if (kept) {
        out.force(false);
      }
      done = true;
    } catch (IOException e) {
      if (kept) {
        throw new SponsorBookException("cannot write " + file + "; is the disk full?", e);
      }
    } finally {
      unkept = !done; // a torn line may lie there: nothing can follow it
    }
  }

  private static void write(FileChannel out, String text) throws IOException {
    ByteBuffer bytes = encoded(text);
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** Puts other lines in place of all: durable when this returns, and never half of them. */
  synchronized void replace(List<String> lines) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(unfinished);
      FileChannel next = FileChannel.open(unfinished, options(), attributes());
      boolean moved = false;
      try {
        for (String line : lines) {
          write(next, line);
        }
        next.force(true);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
        moved = true;
      } finally {
        if (!moved) {
          next.close();
        }
      }
      close();
      channel = next;
      unkept = false;
    } catch (IOException e) {
      throw new SponsorBookException("cannot write " + file + "; is the disk full?", e);
    }
  }

  private static Set<StandardOpenOption> options() {
    return Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Read and written by its owner alone, where there are such permissions. */
  private FileAttribute<?>[] attributes() {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private void syncDirectory() throws IOException {
    Path directory = file.getParent();
    if (directory != null && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      }
    }
  }

  synchronized void close() {
    FileChannel out = channel;
    channel = null;
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        throw new SponsorBookException("cannot close " + file, e);
      }
    }
  }
}
