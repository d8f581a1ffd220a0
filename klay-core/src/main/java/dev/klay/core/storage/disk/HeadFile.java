package dev.klay.core.storage.disk;

import dev.klay.core.storage.CorruptStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The pointer to the last block that is known to be durable, written after it. It may lag behind
 * the log, never be ahead: so a log that ends below it has lost something, while what is broken
 * behind it was never promised to anybody.
 */
final class HeadFile {
  /** Sectors are written whole, so tearing one leaves the other slot. */
  private static final int SLOT_SPACING = 4096;

  private static final int SLOT_SIZE = 512;
  private static final int SUMMED = 5 * Long.BYTES;

  /**
   * What the pointer says.
   *
   * @param number -1 while there is no block
   * @param meta the position of the block's meta record
   * @param end of the block log then
   */
  record Head(long number, long meta, long end) {
    static final Head NONE = new Head(-1, 0, 0);
  }

  private final StoreFile file;
  private long turn;
  private Head head = Head.NONE;

  private HeadFile(StoreFile file) {
    this.file = file;
  }

  /** The pointer of a new store; durable when this returns. */
  static void create(FileStore files) throws IOException {
    try (StoreFile file = files.open(Schema.HEAD)) {
      file.write(ByteBuffer.wrap(encode(Head.NONE)), 0);
      file.sync();
    }
    files.sync();
  }

  /** The whole file of a store with this head. */
  static byte[] encode(Head head) {
    byte[] content = new byte[SLOT_SPACING + SLOT_SIZE];
    System.arraycopy(slot(head, 0), 0, content, 0, SLOT_SIZE);
    return content;
  }

  private static byte[] slot(Head head, long turn) {
    ByteBuffer slot = ByteBuffer.allocate(SLOT_SIZE);
    slot.putLong(Schema.HEAD_MAGIC).putLong(turn);
    slot.putLong(head.number()).putLong(head.meta()).putLong(head.end());
    return slot.putInt(Schema.sum(turn, slot.array(), 0, SUMMED)).array();
  }

  static HeadFile open(FileStore files) throws IOException {
    HeadFile opened = new HeadFile(files.open(Schema.HEAD));
    boolean any = opened.load(0);
    any |= opened.load(1);
    if (!any) {
      throw new CorruptStoreException(
          "file HEAD is damaged: which blocks were promised to be kept is not known");
    }
    return opened;
  }

  private boolean load(int index) throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(SLOT_SIZE);
    file.read(slot, (long) index * SLOT_SPACING);
    slot.flip();
    if (slot.remaining() < SLOT_SIZE || slot.getLong() != Schema.HEAD_MAGIC) {
      return false;
    }
    long slotTurn = slot.getLong();
    Head found = new Head(slot.getLong(), slot.getLong(), slot.getLong());
    if (slot.getInt() != Schema.sum(slotTurn, slot.array(), 0, SUMMED)) {
      return false;
    }
    if (slotTurn >= turn) {
      turn = slotTurn;
      head = found;
    }
    return true;
  }

  Head head() {
    return head;
  }

  /** Moves the pointer; call when all it points to is durable. Needs no sync of its own. */
  void move(Head to) throws IOException {
    turn++;
    head = to;
    file.write(ByteBuffer.wrap(slot(to, turn)), (turn & 1) * SLOT_SPACING);
  }

  void sync() throws IOException {
    file.sync();
  }
}
