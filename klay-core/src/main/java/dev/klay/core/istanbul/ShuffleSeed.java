package dev.klay.core.istanbul;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.nio.ByteBuffer;

/** Seeds of {@link GoRandom} out of hashes ({@code klaytn-consensus.md} section 8). */
public final class ShuffleSeed {
  private ShuffleSeed() {}

  /** Before Randao: the first 15 hexadecimal digits of a block's hash. */
  public static long ofBlockHash(Hash blockHash) {
    return ByteBuffer.wrap(blockHash.unsafeArray()).getLong() >>> 4;
  }

  /**
   * From Randao on: the first 8 bytes of a mix hash, signed.
   *
   * @param mixHash 32 bytes
   */
  public static long ofMixHash(Bytes mixHash) {
    return ByteBuffer.wrap(mixHash.toArray()).getLong();
  }
}
