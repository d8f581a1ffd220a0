package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.importing.CorruptBlockFileException.Reason;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the blocks of a file into a chain, each checked and executed wholly. What the chain has
 * already is skipped, so that an import that was broken off goes on where it was. Signatures of the
 * next blocks are recovered ahead on all cores; no more than a few blocks are held at a time.
 */
public final class BlockFileImport {
  /** Blocks whose signatures are recovered together. */
  private static final int AHEAD_BLOCKS = 64;

  /** Fewer where they are large. */
  private static final int AHEAD_TRANSACTIONS = 4096;

  /**
   * How far an import is.
   *
   * @param skipped blocks that the chain had
   * @param imported blocks
   * @param transactions in the imported blocks
   * @param gasUsed by the imported blocks
   * @param positionBytes behind the last block read ahead, from the start of the file
   * @param number of the chain's last block
   */
  public record Progress(
      long skipped,
      long imported,
      long transactions,
      long gasUsed,
      long positionBytes,
      long number) {}

  private final Chain chain;
  private final Consumer<Progress> listener;
  private long skipped;
  private long imported;
  private long transactions;
  private long gasUsed;
  private @Nullable CorruptBlockFileException pending;

  /**
   * An import into a chain.
   *
   * @param listener is told after each block, by the importing thread
   */
  public BlockFileImport(Chain chain, Consumer<Progress> listener) {
    this.chain = chain;
    this.listener = listener;
  }

  /**
   * Imports all blocks of the file.
   *
   * @return what was done
   * @throws InvalidBlockException at the first block that cannot be the next
   * @throws CorruptBlockFileException if the file holds something else than the next blocks
   */
  public Progress run(BlockFileReader blocks) {
    List<Block> ahead = read(blocks);
    while (!ahead.isEmpty()) {
      lookAhead(ahead);
      for (Block block : ahead) {
        take(block, blocks.position());
      }
      ahead = read(blocks);
    }
    return progress(blocks.position());
  }

  /** The next blocks. A fault behind some of them shows once they are imported. */
  private List<Block> read(BlockFileReader blocks) {
    List<Block> ahead = new ArrayList<>();
    int transactions = 0;
    while (ahead.size() < AHEAD_BLOCKS && transactions < AHEAD_TRANSACTIONS) {
      Optional<Block> next;
      try {
        next = pending == null ? blocks.next() : throwPending();
      } catch (CorruptBlockFileException fault) {
        if (ahead.isEmpty()) {
          throw fault;
        }
        pending = fault;
        break;
      }
      if (next.isEmpty()) {
        break;
      }
      ahead.add(next.orElseThrow());
      transactions += next.orElseThrow().transactions().size();
    }
    return ahead;
  }

  private Optional<Block> throwPending() {
    throw Objects.requireNonNull(pending);
  }

  private void lookAhead(List<Block> blocks) {
    long head = chain.head().number();
    chain.lookAhead(blocks.stream().filter(block -> block.number() > head).toList());
  }

  private void take(Block block, long position) {
    if (block.number() <= chain.head().number()) {
      ensureKnown(block, position);
      skipped++;
    } else {
      chain
          .importBlock(block)
          .ifPresent(
              fault -> {
                throw new InvalidBlockException(block.number(), fault);
              });
      imported++;
      transactions += block.transactions().size();
      gasUsed += block.header().gasUsed();
    }
    listener.accept(progress(position));
  }

  private void ensureKnown(Block block, long position) {
    Hash known =
        block.number() == 0
            ? chain.genesisHash()
            : chain.store().block(block.number()).orElseThrow().block().hash();
    if (!block.hash().equals(known)) {
      throw new CorruptBlockFileException(
          Reason.OTHER_CHAIN,
          position,
          "block " + block.number() + " is " + block.hash() + ", the chain has " + known);
    }
  }

  private Progress progress(long position) {
    return new Progress(skipped, imported, transactions, gasUsed, position, chain.head().number());
  }
}
