package dev.klay.core.storage.disk;

import dev.klay.core.storage.CorruptStoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opening after anything: reads the block log from where the index ends, takes every block that is
 * whole and follows, and cuts off the rest. A crash leaves such a rest only behind the head
 * pointer; if the log ends before it, durable blocks were damaged, and the store refuses.
 */
final class Recovery {
  private final SegmentLog blocks;
  private final SegmentLog states;
  private final HeadFile headFile;
  private final Index index;
  private final BlockRecords records;
  private Optional<BlockMeta> last = Optional.empty();
  private long end;

  Recovery(
      SegmentLog blocks, SegmentLog states, HeadFile headFile, Index index, BlockRecords records) {
    this.blocks = blocks;
    this.states = states;
    this.headFile = headFile;
    this.index = index;
    this.records = records;
  }

  /** Brings logs, head and index to the last whole block, durably; returns that block's meta. */
  Optional<BlockMeta> run() throws IOException {
    blocks.sync(); // what a killed process had written is here to read, and now to stay
    states.sync();
    end = index.scanFrom();
    if (index.through() >= 0) {
      last = Optional.of(metaOf(index.through()));
    }
    while (takeBlock()) {
      if (index.isFull(last.orElseThrow().number())) {
        index.save(last.orElseThrow().number(), end);
      }
    }
    long number = last.map(BlockMeta::number).orElse(-1L);
    long promised = headFile.head().number();
    if (number < promised) {
      throw new CorruptStoreException(
          "the block log is damaged at position "
              + end
              + ": blocks up to "
              + number
              + " are intact, but up to "
              + promised
              + " they had been durable; restore a backup or sync into an empty directory");
    }
    cutOff();
    if (number > promised) {
      BlockMeta meta = last.orElseThrow();
      headFile.move(new HeadFile.Head(number, position(meta), end));
    }
    headFile.sync();
    return last;
  }

  private BlockMeta metaOf(long number) throws IOException {
    long position =
        index
            .find(IndexEntry.numberKey(number), IndexEntry.NUMBER)
            .orElseThrow(
                () -> new CorruptStoreException("the index does not know block " + number));
    return BlockMeta.decode(blocks.read(position));
  }

  private long position(BlockMeta meta) throws IOException {
    return index.find(IndexEntry.numberKey(meta.number()), IndexEntry.NUMBER).orElseThrow();
  }

  /** Reads codes, body and meta of the next block; whether they were all there. */
  private boolean takeBlock() throws IOException {
    List<byte[]> entries = new ArrayList<>();
    long position = end;
    Optional<byte[]> record = record(position);
    while (record.isPresent() && Codes.isCode(record.orElseThrow())) {
      entries.add(Codes.entry(record.orElseThrow(), position));
      position = SegmentLog.behind(position, record.orElseThrow());
      record = record(position);
    }
    if (record.isEmpty() || !BlockRecords.isBody(record.orElseThrow())) {
      return false;
    }
    byte[] body = record.orElseThrow();
    long metaPosition = SegmentLog.behind(position, body);
    Optional<byte[]> next = record(metaPosition).filter(BlockMeta::isMeta);
    if (next.isEmpty()) {
      return false;
    }
    BlockMeta meta = BlockMeta.decode(next.orElseThrow());
    if (meta.number() != last.map(BlockMeta::number).orElse(-1L) + 1 || meta.body() != position) {
      throw new CorruptStoreException(
          "the block log has block " + meta.number() + " in the wrong place, " + metaPosition);
    }
    BlockRecords.Body decoded = records.decode(body);
    entries.addAll(BlockEntries.of(decoded.stored(), decoded.senders(), metaPosition));
    entries.forEach(index::add);
    last = Optional.of(meta);
    end = SegmentLog.behind(metaPosition, next.orElseThrow());
    return true;
  }

  private Optional<byte[]> record(long position) throws IOException {
    if (position >= blocks.end()) {
      return Optional.empty();
    }
    try {
      return Optional.of(blocks.read(position));
    } catch (CorruptStoreException tornOrDamaged) {
      return Optional.empty(); // the head pointer tells which of the two
    }
  }

  private void cutOff() throws IOException {
    long statesEnd = last.map(BlockMeta::statesEnd).orElse(0L);
    if (states.end() < statesEnd) {
      throw new CorruptStoreException(
          "the state log ends at "
              + states.end()
              + ", before the state of the last block; restore a backup or sync anew");
    }
    blocks.truncate(end);
    states.truncate(statesEnd);
  }
}
