package dev.klay.core.block;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.List;

/**
 * A filter of 2048 bits over the addresses and topics of logs (Yellow Paper, section 4.3.1): where
 * it says no, there is none. Immutable.
 */
public record Bloom(Bytes bits) {
  public static final int SIZE = 256;
  public static final Bloom EMPTY = new Bloom(Bytes.wrap(new byte[SIZE]));

  public Bloom {
    if (bits.size() != SIZE) {
      throw new DecodingException("a bloom has 256 bytes, not " + bits.size());
    }
  }

  public static Bloom of(List<Log> logs) {
    if (logs.isEmpty()) {
      return EMPTY;
    }
    byte[] bits = new byte[SIZE];
    for (Log log : logs) {
      add(bits, log.address().unsafeArray());
      log.topics().forEach(topic -> add(bits, topic.unsafeArray()));
    }
    return new Bloom(Bytes.wrap(bits));
  }

  /** The filter of any byte strings. */
  static Bloom ofItems(List<Bytes> items) {
    byte[] bits = new byte[SIZE];
    items.forEach(item -> add(bits, item.unsafeArray()));
    return new Bloom(Bytes.wrap(bits));
  }

  /** What either of the two holds. */
  public Bloom or(Bloom other) {
    if (equals(EMPTY) || other.equals(EMPTY)) {
      return equals(EMPTY) ? other : this;
    }
    byte[] union = bits.toArray();
    for (int i = 0; i < SIZE; i++) {
      union[i] |= other.bits.get(i);
    }
    return new Bloom(Bytes.wrap(union));
  }

  public boolean mayContain(Address address) {
    return mayContain(address.unsafeArray());
  }

  public boolean mayContain(Hash topic) {
    return mayContain(topic.unsafeArray());
  }

  boolean mayContainItem(Bytes item) {
    return mayContain(item.unsafeArray());
  }

  private boolean mayContain(byte[] item) {
    byte[] wanted = new byte[SIZE];
    add(wanted, item);
    for (int i = 0; i < SIZE; i++) {
      if ((wanted[i] & ~bits.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Sets three bits, chosen by the first three 16-bit words of the item's hash. */
  private static void add(byte[] bits, byte[] item) {
    byte[] hash = Keccak256.hash(item).unsafeArray();
    for (int i = 0; i < 6; i += 2) {
      int bit = ((hash[i] & 0xff) << 8 | (hash[i + 1] & 0xff)) & 2047;
      bits[SIZE - 1 - bit / 8] |= (byte) (1 << (bit % 8));
    }
  }
}
