package dev.klay.core.evm.precompile;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Verifies a signature of the curve secp256r1 (EIP-7951): hash, r, s and the public key's x and y
 * of 32 bytes each. Gives 1 in 32 bytes, or nothing if it does not verify.
 */
final class P256Verify implements Precompile {
  private static final int SIZE = 160;
  private static final byte[] NONE = new byte[0];
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final BigInteger P = CURVE.getCurve().getField().getCharacteristic();

  @Override
  public int used(CallData input) {
    return Math.min(input.size(), SIZE + 1);
  }

  @Override
  public long gas(CallData input) {
    return 6_900;
  }

  @Override
  public long computationCost(CallData input) {
    return 235_000;
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length != SIZE || !verifies(input)) {
      return NONE;
    }
    byte[] output = new byte[32];
    output[31] = 1;
    return output;
  }

  private static boolean verifies(byte[] input) {
    BigInteger r = number(input, 32);
    BigInteger s = number(input, 64);
    BigInteger x = number(input, 96);
    BigInteger y = number(input, 128);
    if (!isScalar(r) || !isScalar(s) || x.compareTo(P) >= 0 || y.compareTo(P) >= 0) {
      return false;
    }
    ECPoint key = CURVE.getCurve().createPoint(x, y);
    if (key.isInfinity() || !key.isValid()) { // (0, 0) is not on the curve
      return false;
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, new ECPublicKeyParameters(key, DOMAIN));
    return verifier.verifySignature(Arrays.copyOf(input, 32), r, s);
  }

  private static boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(DOMAIN.getN()) < 0;
  }

  private static BigInteger number(byte[] input, int offset) {
    return new BigInteger(1, Arrays.copyOfRange(input, offset, offset + 32));
  }
}
