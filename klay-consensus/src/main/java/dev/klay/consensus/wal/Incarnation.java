package dev.klay.consensus.wal;

import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;

/**
 * The number of a ledger's life, new at every opening and also kept beside the key. A ledger that
 * comes back from a backup has an old one, and so is recognised.
 *
 * @param id random bytes, {@value #SIZE} of them
 */
public record Incarnation(Bytes id) {
  public static final int SIZE = 16;

  public Incarnation {
    if (id.size() != SIZE) {
      throw new IllegalArgumentException("an incarnation has 16 bytes, not " + id.size());
    }
  }

  /**
   * Where the number is kept beside the key, with the highest height that was voted on: a copy of
   * the ledger that was made meanwhile ends below it.
   */
  public interface Memo {
    Optional<Incarnation> read();

    /** Keeps the number, durably, with a height of 0. */
    void write(Incarnation incarnation);

    /** The height that was noted last, 0 if none. */
    long notedHeight();

    /**
     * Notes a height. Need not survive a loss of power: then the ledger is ahead, which is no
     * reason for doubt.
     */
    void noteHeight(long height);
  }
}
