package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.importing.CorruptBlockFileException.Reason;
import dev.klay.core.storage.ChainStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Writes blocks in Klaytn's export format, one RLP item after the other. For one thread. */
public final class BlockFileWriter implements AutoCloseable {
  private final OutputStream out;
  private long position;

  /** Closing the writer closes the stream. */
  public BlockFileWriter(OutputStream out) {
    this.out = out;
  }

  public void write(Block block) {
    byte[] encoded = block.encode().unsafeArray();
    try {
      out.write(encoded);
    } catch (IOException e) {
      throw new CorruptBlockFileException(
          Reason.INPUT_OUTPUT, position, "the file cannot be written: " + e.getMessage(), e);
    }
    position += encoded.length;
  }

  /**
   * Writes blocks of a chain, both ends included; to import them, from 1 on.
   *
   * @param progress is told the number of each block written
   * @throws IllegalArgumentException if the chain does not have them all
   */
  public void write(ChainStore store, long first, long last, LongConsumer progress) {
    if (first < 0 || last > store.lastNumber() || first > last) {
      throw new IllegalArgumentException(
          "blocks " + first + " to " + last + " of 0 to " + store.lastNumber());
    }
    for (long number = first; number <= last; number++) {
      write(store.block(number).orElseThrow().block());
      progress.accept(number);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new CorruptBlockFileException(
          Reason.INPUT_OUTPUT, position, "the file cannot be closed: " + e.getMessage(), e);
    }
  }
}
