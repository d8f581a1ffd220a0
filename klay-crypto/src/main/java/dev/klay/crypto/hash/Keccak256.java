package dev.klay.crypto.hash;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Keccak-256 as Ethereum and Klaytn use it: rate 136 bytes, padding {@code 0x01}. Not SHA3-256,
 * whose padding differs. Our own because hashing dominates the state trie: about twice as fast as
 * the library's digest (see {@code examples/benchmarks}).
 */
public final class Keccak256 {
  private static final int RATE = 136;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Keccak256() {}

  public static Hash hash(Bytes input) {
    return hash(input.unsafeArray());
  }

  public static Hash hash(byte[] input) {
    return hash(input, 0, input.length);
  }

  /** The digest of a part of an array. */
  public static Hash hash(byte[] input, int offset, int length) {
    long[] state = new long[25];
    int position = offset;
    int end = offset + length;
    for (; end - position >= RATE; position += RATE) {
      absorb(state, input, position);
      KeccakPermutation.permute(state);
    }
    byte[] last = new byte[RATE];
    System.arraycopy(input, position, last, 0, end - position);
    last[end - position] = 0x01;
    last[RATE - 1] |= (byte) 0x80;
    absorb(state, last, 0);
    KeccakPermutation.permute(state);

    byte[] digest = new byte[Hash.SIZE];
    for (int i = 0; i < Hash.SIZE / 8; i++) {
      LONG.set(digest, 8 * i, state[i]);
    }
    return Hash.wrap(digest);
  }

  private static void absorb(long[] state, byte[] block, int offset) {
    for (int i = 0; i < RATE / 8; i++) {
      state[i] ^= (long) LONG.get(block, offset + 8 * i);
    }
  }
}
