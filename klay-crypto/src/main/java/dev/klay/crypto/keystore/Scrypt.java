package dev.klay.crypto.keystore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * scrypt, RFC 7914. Our own because Bouncy Castle refuses n at or above 2^(16 r), and a published
 * keystore has n=2^18 with r=1. The caller has checked the parameters.
 */
final class Scrypt {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Scrypt() {}

  static byte[] derive(byte[] password, byte[] salt, int n, int r, int p, int length) {
    byte[] blocks = pbkdf2(password, salt, 1, p * 128 * r);
    int[] table = new int[n * 32 * r];
    try {
      for (int i = 0; i < p; i++) {
        mix(blocks, i * 128 * r, table, n, r);
      }
      return pbkdf2(password, blocks, 1, length);
    } finally {
      Arrays.fill(blocks, (byte) 0);
      Arrays.fill(table, 0);
    }
  }

  static byte[] pbkdf2(byte[] password, byte[] salt, int rounds, int length) {
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
    generator.init(password, salt, rounds);
    return ((KeyParameter) generator.generateDerivedMacParameters(8 * length)).getKey();
  }

  /** scryptROMix of section 5 on the 128*r bytes at the offset. */
  private static void mix(byte[] bytes, int offset, int[] table, int n, int r) {
    int words = 32 * r;
    int[] block = new int[words];
    int[] scratch = new int[words];
    for (int i = 0; i < words; i++) {
      block[i] = (int) INT.get(bytes, offset + 4 * i);
    }
    for (int i = 0; i < n; i++) {
      System.arraycopy(block, 0, table, i * words, words);
      mixBlock(block, scratch, r);
    }
    for (int i = 0; i < n; i++) {
      // Integerify: n is at most 2^31, so the low word of the last 64 bytes is enough.
      int start = (block[words - 16] & (n - 1)) * words;
      for (int k = 0; k < words; k++) {
        block[k] ^= table[start + k];
      }
      mixBlock(block, scratch, r);
    }
    for (int i = 0; i < words; i++) {
      INT.set(bytes, offset + 4 * i, block[i]);
    }
    Arrays.fill(block, 0);
    Arrays.fill(scratch, 0);
  }

  /** scryptBlockMix of section 4: even results go to the first half, odd ones to the second. */
  private static void mixBlock(int[] block, int[] scratch, int r) {
    int[] x = Arrays.copyOfRange(block, block.length - 16, block.length);
    for (int i = 0; i < 2 * r; i++) {
      for (int k = 0; k < 16; k++) {
        x[k] ^= block[16 * i + k];
      }
      salsa8(x);
      System.arraycopy(x, 0, scratch, 16 * (i / 2 + i % 2 * r), 16);
    }
    System.arraycopy(scratch, 0, block, 0, block.length);
  }

  /** Salsa20/8 core of section 3: four times a round over columns and one over rows. */
  private static void salsa8(int[] b) {
    int x0 = b[0];
    int x1 = b[1];
    int x2 = b[2];
    int x3 = b[3];
    int x4 = b[4];
    int x5 = b[5];
    int x6 = b[6];
    int x7 = b[7];
    int x8 = b[8];
    int x9 = b[9];
    int x10 = b[10];
    int x11 = b[11];
    int x12 = b[12];
    int x13 = b[13];
    int x14 = b[14];
    int x15 = b[15];
    for (int round = 0; round < 4; round++) {
      x4 ^= Integer.rotateLeft(x0 + x12, 7);
      x8 ^= Integer.rotateLeft(x4 + x0, 9);
      x12 ^= Integer.rotateLeft(x8 + x4, 13);
      x0 ^= Integer.rotateLeft(x12 + x8, 18);
      x9 ^= Integer.rotateLeft(x5 + x1, 7);
      x13 ^= Integer.rotateLeft(x9 + x5, 9);
      x1 ^= Integer.rotateLeft(x13 + x9, 13);
      x5 ^= Integer.rotateLeft(x1 + x13, 18);
      x14 ^= Integer.rotateLeft(x10 + x6, 7);
      x2 ^= Integer.rotateLeft(x14 + x10, 9);
      x6 ^= Integer.rotateLeft(x2 + x14, 13);
      x10 ^= Integer.rotateLeft(x6 + x2, 18);
      x3 ^= Integer.rotateLeft(x15 + x11, 7);
      x7 ^= Integer.rotateLeft(x3 + x15, 9);
      x11 ^= Integer.rotateLeft(x7 + x3, 13);
      x15 ^= Integer.rotateLeft(x11 + x7, 18);
      x1 ^= Integer.rotateLeft(x0 + x3, 7);
      x2 ^= Integer.rotateLeft(x1 + x0, 9);
      x3 ^= Integer.rotateLeft(x2 + x1, 13);
      x0 ^= Integer.rotateLeft(x3 + x2, 18);
      x6 ^= Integer.rotateLeft(x5 + x4, 7);
      x7 ^= Integer.rotateLeft(x6 + x5, 9);
      x4 ^= Integer.rotateLeft(x7 + x6, 13);
      x5 ^= Integer.rotateLeft(x4 + x7, 18);
      x11 ^= Integer.rotateLeft(x10 + x9, 7);
      x8 ^= Integer.rotateLeft(x11 + x10, 9);
      x9 ^= Integer.rotateLeft(x8 + x11, 13);
      x10 ^= Integer.rotateLeft(x9 + x8, 18);
      x12 ^= Integer.rotateLeft(x15 + x14, 7);
      x13 ^= Integer.rotateLeft(x12 + x15, 9);
      x14 ^= Integer.rotateLeft(x13 + x12, 13);
      x15 ^= Integer.rotateLeft(x14 + x13, 18);
    }
    b[0] += x0;
    b[1] += x1;
    b[2] += x2;
    b[3] += x3;
    b[4] += x4;
    b[5] += x5;
    b[6] += x6;
    b[7] += x7;
    b[8] += x8;
    b[9] += x9;
    b[10] += x10;
    b[11] += x11;
    b[12] += x12;
    b[13] += x13;
    b[14] += x14;
    b[15] += x15;
  }
}
