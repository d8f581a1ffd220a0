package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.importing.CorruptBlockFileException.Reason;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.SealRule;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads blocks from Klaytn's export format, one RLP item after the other, and holds one of them at
 * a time. For one thread.
 *
 * <pre>{@code
 * try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
 *     BlockFileReader blocks = new BlockFileReader(file, chain.spec().sealRule())) {
 *   new BlockFileImport(chain, progress -> {}).run(blocks);
 * }
 * }</pre>
 */
public final class BlockFileReader implements AutoCloseable {
  /** Bytes of one block unless told otherwise: over five times what Klaytn's network can send. */
  public static final int BLOCK_SIZE_MAX = 64 << 20;

  private static final int SHORT_LIST = 0xc0;
  private static final int SHORT_MAX = 55;
  private static final int LONG_LIST = 0xf7;

  private final InputStream in;
  private final SealRule rule;
  private final int blockSizeMaxBytes;
  private long position;

  /** Blocks of a chain that seals by the rule. Closing the reader closes the stream. */
  public BlockFileReader(InputStream in, SealRule rule) {
    this(in, rule, BLOCK_SIZE_MAX);
  }

  /** The same with another limit of a block's size. */
  public BlockFileReader(InputStream in, SealRule rule, int blockSizeMaxBytes) {
    this.in = in;
    this.rule = rule;
    this.blockSizeMaxBytes = blockSizeMaxBytes;
  }

  /**
   * The next block; empty at the end of the file.
   *
   * @throws CorruptBlockFileException if there is something else, or half of one
   */
  public Optional<Block> next() {
    long start = position;
    try {
      int first = in.read();
      if (first < 0) {
        return Optional.empty();
      }
      byte[] item = readItem(first, start);
      position = start + item.length;
      return Optional.of(Block.decode(rule, Bytes.wrap(item)));
    } catch (DecodingException e) {
      throw new CorruptBlockFileException(Reason.NO_BLOCK, start, "no block: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CorruptBlockFileException(
          Reason.INPUT_OUTPUT, start, "the file cannot be read: " + e.getMessage(), e);
    }
  }

  private byte[] readItem(int first, long start) throws IOException {
    if (first < SHORT_LIST) {
      throw new CorruptBlockFileException(
          Reason.NO_BLOCK, start, "a block is an RLP list, no string");
    }
    byte[] prefix = {(byte) first};
    long length = first - SHORT_LIST;
    if (length > SHORT_MAX) {
      prefix = withLength(first, start);
      length = number(prefix);
    }
    if (length > blockSizeMaxBytes - (long) prefix.length) {
      throw new CorruptBlockFileException(
          Reason.ITEM_TOO_LARGE,
          start,
          "an item of " + length + " bytes, a block has at most " + blockSizeMaxBytes);
    }
    byte[] body = read((int) length, start);
    byte[] item = new byte[prefix.length + body.length];
    System.arraycopy(prefix, 0, item, 0, prefix.length);
    System.arraycopy(body, 0, item, prefix.length, body.length);
    return item;
  }

  private byte[] withLength(int first, long start) throws IOException {
    byte[] digits = read(first - LONG_LIST, start);
    byte[] prefix = new byte[1 + digits.length];
    prefix[0] = (byte) first;
    System.arraycopy(digits, 0, prefix, 1, digits.length);
    return prefix;
  }

  /** The length behind the first byte; whether it is written canonically, decoding will say. */
  private static long number(byte[] prefix) {
    long number = 0;
    for (int i = 1; i < prefix.length; i++) {
      number = number > Integer.MAX_VALUE ? Long.MAX_VALUE : number << 8 | prefix[i] & 0xff;
      if (number == Long.MAX_VALUE) {
        return number;
      }
    }
    return number;
  }

  /** Takes memory as bytes come, so that a false length alone costs nothing. */
  private byte[] read(int count, long start) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new CorruptBlockFileException(
          Reason.TRUNCATED, start, "the file ends in the middle of a block");
    }
    return bytes;
  }

  /** Where the next block starts, in bytes from the start of the file. */
  public long position() {
    return position;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new CorruptBlockFileException(
          Reason.INPUT_OUTPUT, position, "the file cannot be closed: " + e.getMessage(), e);
    }
  }
}
