package dev.klay.crypto.secp256k1;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** Pure Java; always there. */
final class BouncyCastleBackend implements Secp256k1Backend {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN =
      new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());
  private static final BigInteger N = CURVE.getN();
  private static final BigInteger HALF_N = N.shiftRight(1);

  @Override
  public String name() {
    return "bouncycastle";
  }

  @Override
  public byte[] publicKey(byte[] privateKey) {
    return encode(publicPoint(privateKey));
  }

  private static ECPoint publicPoint(byte[] privateKey) {
    return new FixedPointCombMultiplier().multiply(CURVE.getG(), new BigInteger(1, privateKey));
  }

  @Override
  public byte[] sign(byte[] digest, byte[] privateKey) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), DOMAIN));
    BigInteger[] rs = signer.generateSignature(digest);
    BigInteger s = rs[1].compareTo(HALF_N) > 0 ? N.subtract(rs[1]) : rs[1];

    byte[] signature = new byte[65];
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, rs[0]), 0, signature, 0, 32);
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, s), 0, signature, 32, 32);
    byte[] own = publicKey(privateKey);
    signature[64] = (byte) (Arrays.equals(own, recover(digest, signature, 0)) ? 0 : 1);
    return signature;
  }

  @Override
  public byte @Nullable [] recover(byte[] digest, byte[] signature, int recoveryId) {
    BigInteger r = new BigInteger(1, signature, 0, 32);
    BigInteger s = new BigInteger(1, signature, 32, 32);
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (2 + recoveryId);
    System.arraycopy(signature, 0, compressed, 1, 32);
    ECPoint point = decode(compressed);
    if (point == null) {
      return null;
    }
    BigInteger rInverse = BigIntegers.modOddInverse(N, r);
    BigInteger u1 = N.subtract(new BigInteger(1, digest).mod(N)).multiply(rInverse).mod(N);
    BigInteger u2 = s.multiply(rInverse).mod(N);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), u1, point, u2).normalize();
    return key.isInfinity() ? null : encode(key);
  }

  @Override
  public byte @Nullable [] decodePoint(byte[] encoded) {
    ECPoint point = decode(encoded);
    return point == null ? null : encode(point);
  }

  private static @Nullable ECPoint decode(byte[] encoded) {
    try {
      ECPoint point = CURVE.getCurve().decodePoint(encoded);
      return point.isInfinity() ? null : point;
    } catch (IllegalArgumentException notOnCurve) {
      return null;
    }
  }

  private static byte[] encode(ECPoint point) {
    return Arrays.copyOfRange(point.getEncoded(false), 1, 65);
  }
}
