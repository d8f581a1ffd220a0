package dev.klay.consensus.validator;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Hash;
import java.nio.ByteBuffer;

/**
 * Numbers that an epoch block decides, so that nobody could choose them alone. SplitMix64 (Steele,
 * Lea, Flood 2014) from the first eight bytes, big-endian, of the Keccak-256 of the block's hash;
 * written out here because all nodes must draw the same on every version of Java.
 */
final class EpochRandom {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  EpochRandom(Hash epochHash) {
    state = ByteBuffer.wrap(Keccak256.hash(epochHash.toBytes()).toArray()).getLong();
  }

  /** 0 to the bound, without it. For bounds up to 10,000 the bias is below 2^-50. */
  int below(int bound) {
    state += GOLDEN_GAMMA;
    long mixed = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return (int) Long.remainderUnsigned(mixed ^ mixed >>> 31, bound);
  }
}
