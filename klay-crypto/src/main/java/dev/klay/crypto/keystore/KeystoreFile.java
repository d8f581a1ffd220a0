package dev.klay.crypto.keystore;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** The disk side of keystores: bounded reads, and writes that are whole, durable and private. */
final class KeystoreFile {
  /** A role-based file of thirty keys has about 20 KB. */
  static final int SIZE_BYTES_MAX = 262_144;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final DateTimeFormatter NAME_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private KeystoreFile() {}

  static String name(Instant created, Address address) {
    return "UTC--" + NAME_TIME.format(created) + "--" + Hex.encode(address.unsafeArray());
  }

  static String read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(SIZE_BYTES_MAX + 1);
    } catch (IOException e) {
      throw new KeystoreFileException("cannot read the keystore " + file, e);
    }
    if (bytes.length > SIZE_BYTES_MAX) {
      throw new CorruptKeystoreException(
          file + " is larger than any keystore: above " + SIZE_BYTES_MAX + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static void write(Path file, String json, boolean replace) {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new KeystoreFileException("not the name of a file: " + file);
    }
    Path temporary = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      writePrivately(temporary, json.getBytes(StandardCharsets.UTF_8));
      rename(temporary, target, replace);
      force(directory);
    } catch (FileAlreadyExistsException e) {
      throw new KeystoreFileException(
          file + " exists already; choose another name or replace it expressly", e);
    } catch (IOException e) {
      throw new KeystoreFileException("cannot write the keystore " + file, e);
    } finally {
      delete(temporary);
    }
  }

  private static void writePrivately(Path file, byte[] content) throws IOException {
    boolean posix = Files.getFileStore(directoryOf(file)).supportsFileAttributeView("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, attributes)) {
      restrict(file, posix);
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Makes sure, while the file is still empty, that nobody but its owner will read it. */
  private static void restrict(Path file, boolean posix) throws IOException {
    if (posix) {
      if (!Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
        throw new FileSystemException(
            file.toString(), null, "the file system does not keep permissions");
      }
      return;
    }
    AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (view == null) {
      throw new FileSystemException(
          file.toString(), null, "the file system cannot keep a file private to its owner");
    }
    view.setAcl(
        List.of(
            AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(view.getOwner())
                .setPermissions(AclEntryPermission.values())
                .build()));
  }

  /**
   * A hard link fails if the name is taken, where a rename would silently destroy the other file's
   * keys; file systems without links get the check that {@link Files#move} does.
   */
  private static void rename(Path from, Path to, boolean replace) throws IOException {
    if (replace) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try {
      Files.createLink(to, from);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.move(from, to);
    }
  }

  /** Makes the new name durable; systems that cannot open a directory do so by themselves. */
  private static void force(Path directory) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException notOpenable) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw new KeystoreFileException("cannot remove the temporary file " + temporary, e);
    }
  }

  private static Path directoryOf(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new AssertionError("the path is absolute and names a file: " + file);
    }
    return parent;
  }
}
