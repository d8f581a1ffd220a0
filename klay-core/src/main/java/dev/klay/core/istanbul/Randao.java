package dev.klay.core.istanbul;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;

/** The shared random number of KIP-114, in headers from the Randao fork on. */
public final class Randao {
  /** Bytes of a header's random reveal, a BLS12-381 signature. */
  public static final int REVEAL_SIZE = 96;

  /** The mix hash that the first block of the fork is made from. */
  public static final Bytes ZERO_MIX = Hash.ZERO.toBytes();

  private Randao() {}

  /** What the proposer signs: the block's number as 32 bytes, big-endian. */
  public static Bytes message(long number) {
    byte[] message = new byte[32];
    for (int i = 0; i < 8; i++) {
      message[31 - i] = (byte) (number >>> 8 * i);
    }
    return Bytes.wrap(message);
  }

  /** A block's mix hash: its parent's, XOR Keccak-256 of the random reveal. */
  public static Bytes mixHash(Bytes parentMixHash, Bytes randomReveal) {
    byte[] mix = parentMixHash.toArray();
    byte[] hash = Keccak256.hash(randomReveal).unsafeArray();
    for (int i = 0; i < Hash.SIZE; i++) {
      mix[i] ^= hash[i];
    }
    return Bytes.wrap(mix);
  }
}
