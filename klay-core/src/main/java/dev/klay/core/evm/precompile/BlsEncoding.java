package dev.klay.core.evm.precompile;

import dev.klay.crypto.bls12381.G1;
import dev.klay.crypto.bls12381.G2;
import dev.klay.crypto.bls12381.InvalidPointException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Field elements of 381 bits as EIP-2537 passes them: 64 bytes, big-endian, the first sixteen zero.
 * Everything that reads throws {@link InvalidPointException} on other bytes.
 */
final class BlsEncoding {
  static final int ELEMENT_SIZE = 64;
  static final int G1_SIZE = 2 * ELEMENT_SIZE;
  static final int G2_SIZE = 4 * ELEMENT_SIZE;
  static final int SCALAR_SIZE = 32;

  private static final int PADDING = 16;
  private static final int VALUE_SIZE = ELEMENT_SIZE - PADDING;

  private BlsEncoding() {}

  /** A point on the curve, in the subgroup or not. */
  static G1 readG1(byte[] input, int offset) {
    return G1.ofCoordinates(readElements(input, offset, 2));
  }

  /** A point on the curve, in the subgroup or not. */
  static G2 readG2(byte[] input, int offset) {
    return G2.ofCoordinates(readElements(input, offset, 4));
  }

  static byte[] write(G1 point) {
    return padded(point.toCoordinates());
  }

  static byte[] write(G2 point) {
    return padded(point.toCoordinates());
  }

  /** So many elements without their padding; whether they are below p is not looked at. */
  static byte[] readElements(byte[] input, int offset, int count) {
    byte[] values = new byte[count * VALUE_SIZE];
    for (int i = 0; i < count; i++) {
      int start = offset + i * ELEMENT_SIZE;
      for (int k = start; k < start + PADDING; k++) {
        if (input[k] != 0) {
          throw new InvalidPointException("the first 16 bytes of a field element are zero");
        }
      }
      System.arraycopy(input, start + PADDING, values, i * VALUE_SIZE, VALUE_SIZE);
    }
    return values;
  }

  private static byte[] padded(byte[] values) {
    int count = values.length / VALUE_SIZE;
    byte[] output = new byte[count * ELEMENT_SIZE];
    for (int i = 0; i < count; i++) {
      System.arraycopy(values, i * VALUE_SIZE, output, i * ELEMENT_SIZE + PADDING, VALUE_SIZE);
    }
    return output;
  }

  /** A scalar, which may exceed the order of the group. */
  static BigInteger readScalar(byte[] input, int offset) {
    return new BigInteger(1, Arrays.copyOfRange(input, offset, offset + SCALAR_SIZE));
  }
}
