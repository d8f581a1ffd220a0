package dev.klay.crypto.mnemonic;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.InvalidKeyException;
import dev.klay.crypto.secp256k1.PublicKey;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/** A public key with its chain code, the text form {@code xpub...} of BIP-32. No secret. */
public final class ExtendedPublicKey {
  /** "xpub" in base 58. */
  private static final int VERSION = 0x0488b21e;

  /** Version, depth, fingerprint, index, chain code, key. */
  static final int SIZE = 78;

  static final int CHAIN_CODE_SIZE = 32;

  private final KeyOrigin origin;
  private final Bytes chainCode;
  private final PublicKey publicKey;

  ExtendedPublicKey(KeyOrigin origin, Bytes chainCode, PublicKey publicKey) {
    this.origin = origin;
    this.chainCode = chainCode;
    this.publicKey = publicKey;
  }

  /**
   * Reads {@code xpub...}.
   *
   * @throws InvalidKeyException if the text is no valid extended public key
   */
  public static ExtendedPublicKey parse(String text) {
    ByteBuffer in = ByteBuffer.wrap(Base58Check.decode(text.toCharArray(), SIZE));
    if (in.getInt() != VERSION) {
      throw new InvalidKeyException("an extended public key starts with xpub");
    }
    KeyOrigin origin = KeyOrigin.read(in);
    byte[] chainCode = new byte[CHAIN_CODE_SIZE];
    byte[] point = new byte[33];
    in.get(chainCode).get(point);
    return new ExtendedPublicKey(
        origin, Bytes.wrap(chainCode), PublicKey.decode(Bytes.wrap(point)));
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  /** 0 for a master key. */
  public int depth() {
    return origin.depth();
  }

  /** The first four bytes of RIPEMD-160 over SHA-256 of the compressed key. */
  int fingerprint() {
    byte[] sha = MnemonicCode.sha256(publicKey.toCompressed().unsafeArray());
    RIPEMD160Digest digest = new RIPEMD160Digest();
    digest.update(sha, 0, sha.length);
    byte[] identifier = new byte[digest.getDigestSize()];
    digest.doFinal(identifier, 0);
    return ByteBuffer.wrap(identifier).getInt();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExtendedPublicKey that
        && origin.equals(that.origin)
        && chainCode.equals(that.chainCode)
        && publicKey.equals(that.publicKey);
  }

  @Override
  public int hashCode() {
    return Objects.hash(origin, chainCode, publicKey);
  }

  /** The text {@code xpub...}. */
  @Override
  public String toString() {
    ByteBuffer out = ByteBuffer.allocate(SIZE).putInt(VERSION);
    origin.write(out);
    out.put(chainCode.unsafeArray()).put(publicKey.toCompressed().unsafeArray());
    return new String(Base58Check.encode(out.array()));
  }
}
