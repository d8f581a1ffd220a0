package dev.klay.core.storage.disk;

import dev.klay.core.storage.CorruptStoreException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A copy of a store in one stream: magic 8, then of each file the length of its name 2, name,
 * length 8 and content; 0 in 2 bytes; last SHA-256 of all before. The manifest comes last.
 */
public final class Backup {
  private static final int CHUNK = 1 << 16;
  private static final int DIGEST_SIZE = 32;
  private static final Pattern NAME =
      Pattern.compile("MANIFEST|HEAD|INDEX|(blocks|states|index)-[0-9a-f]{16}");

  private record Small(String name, byte[] content) {}

  private final List<SegmentLog.Part> large;
  private final List<Small> small;

  private Backup(List<SegmentLog.Part> large, List<Small> small) {
    this.large = large;
    this.small = small;
  }

  /** Notes what belongs to the store at this moment; nobody appends meanwhile. */
  static Backup of(
      String manifest,
      HeadFile.Head head,
      SegmentLog blocks,
      SegmentLog states,
      long statesEnd,
      Index index) {
    List<SegmentLog.Part> large = new ArrayList<>();
    large.addAll(blocks.parts(head.end()));
    large.addAll(states.parts(statesEnd));
    for (RunFile run : index.runs()) {
      large.add(new SegmentLog.Part(RunFile.name(run.number()), run.file(), run.sizeBytes()));
    }
    List<Small> small =
        List.of(
            new Small(Schema.INDEX, index.checkpoint().encode()),
            new Small(Schema.HEAD, HeadFile.encode(head)),
            new Small(Schema.MANIFEST, manifest.getBytes(StandardCharsets.US_ASCII)));
    return new Backup(large, small);
  }

  void writeTo(OutputStream target) throws IOException {
    MessageDigest digest = sha256();
    DataOutputStream out = new DataOutputStream(new DigestOutputStream(target, digest));
    out.writeLong(Schema.BACKUP_MAGIC);
    for (SegmentLog.Part part : large) {
      writeName(part.name(), part.length(), out);
      copy(part, out);
    }
    for (Small file : small) {
      writeName(file.name(), file.content().length, out);
      out.write(file.content());
    }
    out.writeShort(0);
    out.flush();
    target.write(digest.digest());
    target.flush();
  }

  private static void writeName(String name, long length, DataOutputStream out) throws IOException {
    out.writeShort(name.length());
    out.write(name.getBytes(StandardCharsets.US_ASCII));
    out.writeLong(length);
  }

  private static void copy(SegmentLog.Part part, DataOutputStream out) throws IOException {
    for (long at = 0; at < part.length(); ) {
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, part.length() - at));
      int got = part.file().read(chunk, at);
      if (got < chunk.capacity()) {
        throw new IOException("file " + part.name() + " is shorter than it was");
      }
      out.write(chunk.array(), 0, got);
      at += got;
    }
  }

  /**
   * Fills an empty directory from a backup. The store exists once this returns, not before.
   *
   * @throws IllegalStateException if there are files already
   * @throws CorruptStoreException if the stream is no whole backup; what was written is removed
   */
  public static void restore(InputStream source, FileStore target) throws IOException {
    if (!target.list().isEmpty()) {
      throw new IllegalStateException("a backup is restored into an empty directory only");
    }
    boolean done = false;
    try {
      byte[] manifest = read(source, target);
      target.sync();
      WholeFile.replace(target, Schema.MANIFEST, manifest);
      done = true;
    } finally {
      if (!done) {
        for (String name : target.list()) {
          target.delete(name);
        }
      }
    }
  }

  /** Writes all files but the manifest, durably, and returns that once the digest is right. */
  private static byte[] read(InputStream source, FileStore target) throws IOException {
    MessageDigest digest = sha256();
    DataInputStream in = new DataInputStream(new DigestInputStream(source, digest));
    try {
      if (in.readLong() != Schema.BACKUP_MAGIC) {
        throw new CorruptStoreException("this is no backup of a store");
      }
      byte[] manifest = new byte[0];
      for (int length = in.readUnsignedShort(); length > 0; length = in.readUnsignedShort()) {
        String name = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        long size = in.readLong();
        if (!NAME.matcher(name).matches() || size < 0) {
          throw new CorruptStoreException("the backup is damaged: no file is called " + name);
        }
        if (name.equals(Schema.MANIFEST)) {
          manifest = in.readNBytes((int) Math.min(size, CHUNK));
        } else {
          readFile(in, size, target, name);
        }
      }
      byte[] computed = digest.digest();
      if (!Arrays.equals(source.readNBytes(DIGEST_SIZE), computed)) {
        throw new CorruptStoreException("the backup is damaged: its digest is another");
      }
      return manifest;
    } catch (java.io.EOFException e) {
      throw new CorruptStoreException("the backup is not complete", e);
    }
  }

  private static void readFile(DataInputStream in, long size, FileStore target, String name)
      throws IOException {
    try (StoreFile file = target.open(name)) {
      for (long at = 0; at < size; ) {
        byte[] chunk = new byte[(int) Math.min(CHUNK, size - at)];
        in.readFully(chunk);
        file.write(ByteBuffer.wrap(chunk), at);
        at += chunk.length;
      }
      file.sync();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
