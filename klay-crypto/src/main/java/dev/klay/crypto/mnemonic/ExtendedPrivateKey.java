package dev.klay.crypto.mnemonic;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.InvalidKeyException;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A private key from which others derive (BIP-32). {@link #close()} zeroes the key; the keys
 * derived from it stay usable.
 */
public final class ExtendedPrivateKey implements AutoCloseable {
  /** "xprv" in base 58. */
  private static final int VERSION = 0x0488ade4;

  private static final byte[] MASTER = "Bitcoin seed".getBytes(StandardCharsets.US_ASCII);

  private final KeyOrigin origin;
  private final Bytes chainCode;
  private final PrivateKey key;

  private ExtendedPrivateKey(KeyOrigin origin, Bytes chainCode, PrivateKey key) {
    this.origin = origin;
    this.chainCode = chainCode;
    this.key = key;
  }

  /**
   * The master key of a seed of 16 to 64 bytes; the caller still owns, and should zero, it.
   *
   * @throws InvalidKeyException for the seeds, one in 2^127, that have none
   */
  public static ExtendedPrivateKey ofSeed(byte[] seed) {
    if (seed.length < 16 || seed.length > 64) {
      throw new IllegalArgumentException("a seed has 16 to 64 bytes, not " + seed.length);
    }
    byte[] hash = hmac(MASTER, seed);
    byte[] secret = Arrays.copyOf(hash, PrivateKey.SIZE);
    try {
      return new ExtendedPrivateKey(KeyOrigin.MASTER, chainCode(hash), PrivateKey.of(secret));
    } finally {
      Arrays.fill(hash, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * Reads {@code xprv...}; the caller zeroes the text.
   *
   * @throws InvalidKeyException if the text is no valid extended private key
   */
  public static ExtendedPrivateKey parse(char[] text) {
    byte[] bytes = Base58Check.decode(text, ExtendedPublicKey.SIZE);
    byte[] secret = new byte[PrivateKey.SIZE];
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (in.getInt() != VERSION) {
        throw new InvalidKeyException("an extended private key starts with xprv");
      }
      KeyOrigin origin = KeyOrigin.read(in);
      byte[] chainCode = new byte[ExtendedPublicKey.CHAIN_CODE_SIZE];
      in.get(chainCode);
      if (in.get() != 0) {
        throw new InvalidKeyException("a private key in xprv has a zero in front");
      }
      in.get(secret);
      return new ExtendedPrivateKey(origin, Bytes.wrap(chainCode), PrivateKey.of(secret));
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The text {@code xprv...}, a secret that the caller zeroes. */
  public char[] reveal() {
    byte[] secret = key.exportSecret();
    ByteBuffer out = ByteBuffer.allocate(ExtendedPublicKey.SIZE).putInt(VERSION);
    origin.write(out);
    out.put(chainCode.unsafeArray()).put((byte) 0).put(secret);
    try {
      return Base58Check.encode(out.array());
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(out.array(), (byte) 0);
    }
  }

  /**
   * The key at the end of the path; the keys on the way are zeroed.
   *
   * @throws InvalidKeyException for the indexes, one in 2^127, that have no key: take the next
   */
  public ExtendedPrivateKey derive(HdPath path) {
    ExtendedPrivateKey current = copy();
    for (int index : path.indexes()) {
      try (ExtendedPrivateKey parent = current) {
        current = parent.child(index);
      }
    }
    return current;
  }

  private ExtendedPrivateKey copy() {
    return new ExtendedPrivateKey(origin, chainCode, privateKey());
  }

  /** CKDpriv of BIP-32. */
  private ExtendedPrivateKey child(int index) {
    if (origin.depth() == 255) {
      throw new InvalidKeyException("an extended key of depth 255 has no children");
    }
    byte[] secret = key.exportSecret();
    ByteBuffer input = ByteBuffer.allocate(37);
    if ((index & HdPath.HARDENED) != 0) {
      input.put((byte) 0).put(secret);
    } else {
      input.put(key.publicKey().toCompressed().unsafeArray());
    }
    input.putInt(index);
    byte[] hash = hmac(chainCode.unsafeArray(), input.array());
    byte[] sum = Scalars.addModN(secret, hash);
    try {
      KeyOrigin below = new KeyOrigin(origin.depth() + 1, publicKey().fingerprint(), index);
      return new ExtendedPrivateKey(below, chainCode(hash), PrivateKey.of(sum));
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(input.array(), (byte) 0);
      Arrays.fill(hash, (byte) 0);
      Arrays.fill(sum, (byte) 0);
    }
  }

  /** A key of its own: it lives until it is closed itself. */
  public PrivateKey privateKey() {
    byte[] secret = key.exportSecret();
    try {
      return PrivateKey.of(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The public half, which derives nothing secret. */
  public ExtendedPublicKey publicKey() {
    return new ExtendedPublicKey(origin, chainCode, key.publicKey());
  }

  /** 0 for a master key. */
  public int depth() {
    return origin.depth();
  }

  private static byte[] hmac(byte[] key, byte[] input) {
    HMac hmac = new HMac(new SHA512Digest());
    hmac.init(new KeyParameter(key));
    hmac.update(input, 0, input.length);
    byte[] hash = new byte[hmac.getMacSize()];
    hmac.doFinal(hash, 0);
    return hash;
  }

  private static Bytes chainCode(byte[] hash) {
    return Bytes.wrap(Arrays.copyOfRange(hash, PrivateKey.SIZE, hash.length));
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "ExtendedPrivateKey of depth " + origin.depth() + " and address " + key.address();
  }
}
