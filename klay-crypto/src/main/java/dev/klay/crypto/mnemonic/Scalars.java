package dev.klay.crypto.mnemonic;

import dev.klay.crypto.secp256k1.InvalidKeyException;
import dev.klay.crypto.secp256k1.Signature;
import java.util.Arrays;

/** Addition of secret scalars on arrays that can be zeroed, unlike {@code BigInteger}. */
final class Scalars {
  private static final int SIZE = 32;
  private static final byte[] N = Signature.N.toBytes32();

  private Scalars() {}

  /**
   * (key + first 32 bytes of tweak) mod n, the group order; {@link InvalidKeyException} if the
   * tweak is n or more, as BIP-32 demands. The key is below n.
   */
  static byte[] addModN(byte[] key, byte[] tweak) {
    if (Arrays.compareUnsigned(tweak, 0, SIZE, N, 0, SIZE) >= 0) {
      throw new InvalidKeyException("this index has no key; take the next");
    }
    byte[] sum = new byte[SIZE];
    int carry = 0;
    for (int i = SIZE - 1; i >= 0; i--) {
      carry += (key[i] & 0xff) + (tweak[i] & 0xff);
      sum[i] = (byte) carry;
      carry >>>= 8;
    }
    if (carry != 0 || Arrays.compareUnsigned(sum, N) >= 0) {
      subtractN(sum);
    }
    return sum;
  }

  private static void subtractN(byte[] sum) {
    int borrow = 0;
    for (int i = SIZE - 1; i >= 0; i--) {
      int difference = (sum[i] & 0xff) - (N[i] & 0xff) - borrow;
      sum[i] = (byte) difference;
      borrow = difference < 0 ? 1 : 0;
    }
  }
}
