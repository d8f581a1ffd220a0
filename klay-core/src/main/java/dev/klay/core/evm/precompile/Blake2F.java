package dev.klay.core.evm.precompile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The compression function F of BLAKE2b (EIP-152, RFC 7693 section 3.2). The input is the number of
 * rounds in 4 bytes big-endian, then h, m and t in words of 8 bytes little-endian, then 1 for the
 * last block or 0; 213 bytes in all.
 */
final class Blake2F implements Precompile {
  private static final int SIZE = 213;

  private static final long[] IV = {
    0x6a09e667f3bcc908L,
    0xbb67ae8584caa73bL,
    0x3c6ef372fe94f82bL,
    0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L,
    0x9b05688c2b3e6c1fL,
    0x1f83d9abfb41bd6bL,
    0x5be0cd19137e2179L
  };

  /** Which words of the message each of ten rounds takes (RFC 7693 section 2.7), in hex digits. */
  private static final int[][] SIGMA = {
    digits("0123456789abcdef"),
    digits("ea489fd61c02b753"),
    digits("b8c052fdae367194"),
    digits("7931dcbe265a40f8"),
    digits("905724afe1bc683d"),
    digits("2c6a0b834d75fe19"),
    digits("c51fed4a0763928b"),
    digits("db7ec13950f4862a"),
    digits("6fe9b308c2d714a5"),
    digits("a2847615fb9e3cd0")
  };

  private static int[] digits(String row) {
    return row.chars().map(c -> Character.digit(c, 16)).toArray();
  }

  @Override
  public int used(CallData input) {
    return Math.min(input.size(), SIZE + 1);
  }

  @Override
  public long gas(CallData input) {
    return input.size() == SIZE ? ByteBuffer.wrap(input.read(0, 4)).getInt() & 0xffff_ffffL : 0;
  }

  @Override
  public long computationCost(CallData input) {
    return 10_000 + 10 * gas(input);
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    if (input.length != SIZE || (input[SIZE - 1] & ~1) != 0) {
      return null;
    }
    ByteBuffer words = ByteBuffer.wrap(input, 4, SIZE - 4).order(ByteOrder.LITTLE_ENDIAN);
    long[] h = new long[8];
    words.asLongBuffer().get(h);
    words.position(4 + 64);
    long[] m = new long[16];
    words.asLongBuffer().get(m);
    words.position(4 + 64 + 128);
    long[] v = new long[16];
    System.arraycopy(h, 0, v, 0, 8);
    System.arraycopy(IV, 0, v, 8, 8);
    v[12] ^= words.getLong();
    v[13] ^= words.getLong();
    if (input[SIZE - 1] == 1) {
      v[14] = ~v[14];
    }
    long rounds = gas(CallData.of(input));
    int row = 0;
    for (long i = 0; i < rounds; i++) {
      round(v, m, SIGMA[row]);
      row = row == 9 ? 0 : row + 1;
    }
    ByteBuffer output = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 8; i++) {
      output.putLong(h[i] ^ v[i] ^ v[i + 8]);
    }
    return output.array();
  }

  private static void round(long[] v, long[] m, int[] s) {
    mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
    mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
    mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
    mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
    mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
    mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
    mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
    mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
  }

  private static void mix(long[] v, int a, int b, int c, int d, long x, long y) {
    v[a] += v[b] + x;
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] += v[b] + y;
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }
}
