package dev.klay.crypto.secp256k1;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bitcoin Core's libsecp256k1 through the optional dependency {@code secp256k1-kmp-jni-jvm}. Only
 * {@link Backends} may touch this class, since it does not link without that jar.
 */
final class NativeBackend implements Secp256k1Backend {
  private static final byte[] ONE = new byte[32];

  static {
    ONE[31] = 1;
  }

  private final Secp256k1 library;

  /**
   * Loads the library; throws some {@link Exception} or {@link LinkageError} where it cannot. The
   * library is asked for a key at once: one that could not be unpacked, as on a full disk, is
   * handed out all the same and fails at its first use.
   */
  NativeBackend() {
    library = Secp256k1.Companion.get();
    publicKey(ONE);
  }

  @Override
  public String name() {
    return "libsecp256k1";
  }

  @Override
  public byte[] publicKey(byte[] privateKey) {
    return point(library.pubkeyCreate(privateKey));
  }

  @Override
  public byte[] sign(byte[] digest, byte[] privateKey) {
    byte[] compact = library.sign(digest, privateKey);
    byte[] own = library.pubkeyCreate(privateKey);
    byte[] signature = Arrays.copyOf(compact, 65);
    signature[64] = (byte) (Arrays.equals(own, recoverOrNull(digest, compact, 0)) ? 0 : 1);
    return signature;
  }

  @Override
  public byte @Nullable [] recover(byte[] digest, byte[] signature, int recoveryId) {
    byte[] compact = signature.length == 64 ? signature : Arrays.copyOf(signature, 64);
    byte[] key = recoverOrNull(digest, compact, recoveryId);
    return key == null ? null : point(key);
  }

  private byte @Nullable [] recoverOrNull(byte[] digest, byte[] compact, int recoveryId) {
    try {
      return library.ecdsaRecover(compact, digest, recoveryId);
    } catch (Secp256k1Exception noSuchPoint) {
      return null;
    }
  }

  @Override
  public byte @Nullable [] decodePoint(byte[] encoded) {
    try {
      return point(library.pubkeyParse(encoded));
    } catch (Secp256k1Exception notOnCurve) {
      return null;
    }
  }

  /** Drops the leading 04 of an uncompressed encoding. */
  private static byte[] point(byte[] uncompressed) {
    return Arrays.copyOfRange(uncompressed, 1, 65);
  }
}
