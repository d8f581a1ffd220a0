package dev.klay.core.evm.precompile;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.InvalidSignatureException;
import dev.klay.crypto.secp256k1.Signature;
import java.util.Arrays;

/**
 * Recovers the address that signed a hash (Yellow Paper, appendix E.1): hash, v, r, s of 32 bytes
 * each. High s is accepted. A signature that is none gives no output, and costs no more.
 */
final class EcRecover implements Precompile {
  private static final byte[] NONE = new byte[0];

  @Override
  public int used(CallData input) {
    return Math.min(input.size(), 128);
  }

  @Override
  public long gas(CallData input) {
    return 3_000;
  }

  @Override
  public long computationCost(CallData input) {
    return 113_150;
  }

  @Override
  public byte[] run(byte[] input) {
    byte[] padded = Arrays.copyOf(input, 128);
    UInt256 v = UInt256.fromBytes(padded, 32, 32);
    boolean isParity = v.equals(UInt256.of(27)) || v.equals(UInt256.of(28));
    if (!isParity) {
      return NONE;
    }
    UInt256 r = UInt256.fromBytes(padded, 64, 32);
    UInt256 s = UInt256.fromBytes(padded, 96, 32);
    try {
      Hash hash = Hash.wrap(Arrays.copyOf(padded, 32));
      Address signer = new Signature(r, s, (int) v.toLong() - 27).recoverAddress(hash);
      byte[] output = new byte[32];
      System.arraycopy(signer.unsafeArray(), 0, output, 12, Address.SIZE);
      return output;
    } catch (InvalidSignatureException none) {
      return NONE;
    }
  }
}
