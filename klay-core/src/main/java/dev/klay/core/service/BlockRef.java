package dev.klay.core.service;

import dev.klay.crypto.primitive.Hash;

/** Which block is meant. */
public sealed interface BlockRef {
  /** The last final block. There is no other kind of head. */
  BlockRef LATEST = new Tag("latest");

  /** The last final block with the transactions that wait in the pool on top of it. */
  BlockRef PENDING = new Tag("pending");

  /** Block 0. */
  BlockRef EARLIEST = new Number(0);

  static BlockRef number(long number) {
    return new Number(number);
  }

  static BlockRef hash(Hash hash) {
    return new ByHash(hash);
  }

  /** A moving block, by name. */
  record Tag(String name) implements BlockRef {}

  /** A block by its number, 0 or more. */
  record Number(long number) implements BlockRef {
    public Number {
      if (number < 0) {
        throw new IllegalArgumentException("a block number is not negative: " + number);
      }
    }
  }

  /** A block by its hash. */
  record ByHash(Hash hash) implements BlockRef {}
}
