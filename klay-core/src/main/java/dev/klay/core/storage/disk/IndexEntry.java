package dev.klay.core.storage.disk;

import dev.klay.core.storage.TxLocation;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An entry of the index: 32 bytes to look for, then 8 bytes with the kind (4 bits) and what is
 * found (60 bits): a number alone, or a block number (36 bits) and a place in it (24 bits). Sorted
 * as unsigned bytes, so what is found under one key ascends.
 */
final class IndexEntry {
  static final int SIZE = 40;
  static final int KEY_SIZE = 32;

  /** Kinds: the key and what is found. */
  static final int NUMBER = 1; // number of a block -> position of its meta record

  static final int BLOCK = 2; // hash of a block -> its number
  static final int TRANSACTION = 3; // hash -> where it stands
  static final int SENDER_TRANSACTION = 4; // hash without the fee payer's signature -> the same
  static final int ACCOUNT = 5; // address, zeros -> where a transaction of it stands
  static final int CODE = 6; // hash -> position of the code record
  static final int BALLOT = 7; // zeros -> number of a block with votes or governance data

  private static final int KIND_SHIFT = 60;
  private static final long VALUE_MASK = (1L << KIND_SHIFT) - 1;
  private static final int PLACE_BITS = 24;
  private static final long NUMBER_MAX = 1L << 36;

  private IndexEntry() {}

  static byte[] of(byte[] key, int kind, long value) {
    if (value < 0 || value > VALUE_MASK) {
      throw new IllegalArgumentException("the index cannot hold " + value);
    }
    ByteBuffer entry = ByteBuffer.allocate(SIZE);
    return entry.put(key).putLong(KEY_SIZE, (long) kind << KIND_SHIFT | value).array();
  }

  static byte[] of(Hash key, int kind, long value) {
    return of(key.unsafeArray(), kind, value);
  }

  static byte[] ofNumber(long number, long metaPosition) {
    return of(numberKey(number), NUMBER, metaPosition);
  }

  static byte[] numberKey(long number) {
    return ByteBuffer.allocate(KEY_SIZE).putLong(KEY_SIZE - Long.BYTES, number).array();
  }

  static byte[] ofAccount(Address account, TxLocation location) {
    return of(accountKey(account), ACCOUNT, pack(location));
  }

  static byte[] accountKey(Address account) {
    return Arrays.copyOf(account.unsafeArray(), KEY_SIZE);
  }

  static long pack(TxLocation location) {
    if (location.blockNumber() >= NUMBER_MAX || location.index() >= 1 << PLACE_BITS) {
      throw new IllegalArgumentException("the index cannot hold " + location);
    }
    return location.blockNumber() << PLACE_BITS | location.index();
  }

  static TxLocation location(long value) {
    return new TxLocation(value >>> PLACE_BITS, (int) (value & ((1 << PLACE_BITS) - 1)));
  }

  /** Whether the entry has this key and kind. */
  static boolean matches(byte[] entry, byte[] key, int kind) {
    return Arrays.equals(entry, 0, KEY_SIZE, key, 0, key.length) && kind(entry) == kind;
  }

  private static int kind(byte[] entry) {
    return (entry[KEY_SIZE] & 0xff) >>> 4;
  }

  static long value(byte[] entry) {
    return ByteBuffer.wrap(entry).getLong(KEY_SIZE) & VALUE_MASK;
  }
}
