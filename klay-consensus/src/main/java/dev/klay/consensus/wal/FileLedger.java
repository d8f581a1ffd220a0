package dev.klay.consensus.wal;

import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.consensus.wire.BlockFormat;
import dev.klay.consensus.wire.MessageCodec;
import dev.klay.core.storage.disk.FileStore;
import dev.klay.core.storage.disk.StoreFile;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in the files of one directory, which its owner holds locked. Closing it closes the
 * directory. After a failure it takes nothing more.
 */
public final class FileLedger implements VoteLedger {
  private static final String INCARNATION = "incarnation";

  private final FileStore files;
  private final LedgerEntry.Codec codec;
  private final Incarnation.Memo memo;
  private final LedgerSegments segments;
  private final Origin origin;
  private final List<LedgerRecord> found;
  private final long foundFinal;
  private final Incarnation fresh;

  /** Whether another opening may rely on what is in here. */
  private boolean trusted;

  /** That a height is final is written with the next record: nothing signed depends on it. */
  private LedgerEntry.@Nullable Final unwrittenFinal;

  private long writtenFinal;
  private long notedHeight;
  private boolean failed;

  private FileLedger(
      FileStore files,
      LedgerEntry.Codec codec,
      Incarnation.Memo memo,
      LedgerSegments segments,
      Origin origin,
      List<LedgerRecord> found,
      long foundFinal,
      Incarnation fresh) {
    this.files = files;
    this.codec = codec;
    this.memo = memo;
    this.segments = segments;
    this.origin = origin;
    this.found = List.copyOf(found);
    this.foundFinal = foundFinal;
    this.writtenFinal = foundFinal;
    this.fresh = fresh;
    this.trusted = origin == Origin.COMPLETE;
  }

  /**
   * Opens the ledger of a key.
   *
   * @param memo what is kept beside the key
   * @param fresh a number never used before
   * @throws CorruptLedgerException if it is damaged in front of its end
   * @throws LedgerFailedException if the disk fails
   */
  public static FileLedger open(
      FileStore files,
      MessageCodec messages,
      BlockFormat blocks,
      Incarnation.Memo memo,
      Incarnation fresh) {
    try {
      LedgerEntry.Codec codec = new LedgerEntry.Codec(messages, blocks);
      Origin origin = originOf(files, memo.read());
      List<LedgerFrame> frames = new ArrayList<>();
      LedgerSegments segments = LedgerSegments.open(files, LedgerSegments.SEGMENT_BYTES, frames);
      List<LedgerRecord> records = new ArrayList<>();
      long finalHeight = 0;
      for (LedgerEntry entry : entries(codec, frames)) {
        if (entry instanceof LedgerEntry.Final end) {
          finalHeight = Math.max(finalHeight, end.height());
        } else {
          records.add(((LedgerEntry.Vote) entry).record());
        }
      }
      if (origin == Origin.COMPLETE && memo.notedHeight() > highest(records, finalHeight)) {
        origin = Origin.OLD_COPY; // made while the node ran on
      }
      if (origin == Origin.COMPLETE) {
        renew(files, memo, fresh);
      } else {
        writeIncarnations(files, List.of()); // stays in doubt until it is trusted
      }
      return new FileLedger(files, codec, memo, segments, origin, records, finalHeight, fresh);
    } catch (IOException e) {
      throw new LedgerFailedException("the vote ledger cannot be opened", e);
    }
  }

  private static long highest(List<LedgerRecord> records, long finalHeight) {
    return records.stream().mapToLong(LedgerRecord::height).reduce(finalHeight, Math::max);
  }

  private static List<LedgerEntry> entries(LedgerEntry.Codec codec, List<LedgerFrame> frames) {
    List<LedgerEntry> entries = new ArrayList<>();
    try {
      frames.forEach(frame -> entries.addAll(codec.readAll(Bytes.wrap(frame.body()))));
    } catch (DecodingException e) {
      throw new CorruptLedgerException("a whole record cannot be read: " + e.getMessage());
    }
    return entries;
  }

  private static Origin originOf(FileStore files, Optional<Incarnation> memo) throws IOException {
    List<Incarnation> own = readIncarnations(files);
    if (own.isEmpty()) {
      return Origin.MISSING;
    }
    return memo.isPresent() && own.contains(memo.orElseThrow()) ? Origin.COMPLETE : Origin.OLD_COPY;
  }

  /**
   * The number changes here first, then beside the key, then here again: whenever a crash comes,
   * the one beside the key is among those here.
   */
  private static void renew(FileStore files, Incarnation.Memo memo, Incarnation fresh)
      throws IOException {
    List<Incarnation> both = new ArrayList<>();
    memo.read().ifPresent(both::add);
    both.add(fresh);
    writeIncarnations(files, both);
    memo.write(fresh);
    writeIncarnations(files, List.of(fresh));
  }

  private static List<Incarnation> readIncarnations(FileStore files) throws IOException {
    List<Incarnation> ids = new ArrayList<>();
    if (files.list().contains(INCARNATION)) {
      try (StoreFile file = files.open(INCARNATION)) {
        ByteBuffer content = ByteBuffer.allocate(2 * Incarnation.SIZE);
        int length = file.read(content, 0);
        for (int at = 0; at + Incarnation.SIZE <= length; at += Incarnation.SIZE) {
          Bytes all = Bytes.wrap(content.array());
          ids.add(new Incarnation(all.slice(at, at + Incarnation.SIZE)));
        }
      }
    }
    return ids;
  }

  private static void writeIncarnations(FileStore files, List<Incarnation> ids) throws IOException {
    String unfinished = INCARNATION + ".new";
    try (StoreFile file = files.open(unfinished)) {
      file.truncate(0);
      ByteBuffer content = ByteBuffer.allocate(ids.size() * Incarnation.SIZE);
      ids.forEach(id -> content.put(id.id().toArray()));
      file.write(content.flip(), 0);
      file.sync();
    }
    files.rename(unfinished, INCARNATION);
    files.sync();
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public List<LedgerRecord> records() {
    return found;
  }

  @Override
  public long finalHeight() {
    return foundFinal;
  }

  @Override
  public void append(List<LedgerRecord> records) {
    if (failed) {
      throw new LedgerFailedException(
          "the vote ledger failed before", new IOException("nobody knows what is durable"));
    }
    long height = 0;
    RlpWriter body = new RlpWriter();
    if (unwrittenFinal != null) {
      codec.write(body, unwrittenFinal);
      height = unwrittenFinal.height();
    }
    for (LedgerRecord record : records) {
      codec.write(body, new LedgerEntry.Vote(record));
      height = Math.max(height, record.height());
    }
    failed = true; // until it is certain that it did not
    try {
      segments.append(height, body.toArray());
      if (unwrittenFinal != null) {
        writtenFinal = unwrittenFinal.height();
        unwrittenFinal = null;
      }
      segments.prune(writtenFinal);
      if (trusted && height > notedHeight) {
        memo.noteHeight(height);
        notedHeight = height;
      }
      failed = false;
    } catch (IOException e) {
      throw new LedgerFailedException("the vote ledger cannot be written", e);
    }
  }

  @Override
  public void trust() {
    if (trusted) {
      return;
    }
    append(List.of()); // how far the chain was: another opening must not sign below that
    failed = true; // until it is certain that it did not
    try {
      renew(files, memo, fresh);
      trusted = true;
      failed = false;
    } catch (IOException e) {
      throw new LedgerFailedException("the vote ledger cannot be trusted", e);
    }
  }

  @Override
  public void finalised(long height, Hash hash) {
    unwrittenFinal = new LedgerEntry.Final(height, hash);
  }

  int fileCount() {
    return segments.fileCount();
  }

  @Override
  public void close() {
    try {
      segments.close();
      files.close();
    } catch (IOException e) {
      throw new LedgerFailedException("the vote ledger cannot be closed", e);
    }
  }
}
