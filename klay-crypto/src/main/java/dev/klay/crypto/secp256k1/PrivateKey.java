package dev.klay.crypto.secp256k1;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.Hex;
import dev.klay.crypto.primitive.UInt256;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A secret scalar, 1 to n-1. {@link #close()} zeroes it; afterwards every use throws {@link
 * IllegalStateException}. It is no record, has no value equality and never prints itself.
 * Thread-safe.
 */
public final class PrivateKey implements AutoCloseable {
  public static final int SIZE = 32;

  private final byte[] secret;
  private final PublicKey publicKey;
  private final Address address;
  private volatile boolean closed;

  private PrivateKey(byte[] secret) {
    UInt256 scalar = UInt256.fromBytes(secret);
    if (scalar.isZero() || scalar.compareTo(Signature.N) >= 0) {
      Arrays.fill(secret, (byte) 0);
      throw new InvalidKeyException("a private key is 1 to n-1");
    }
    this.secret = secret;
    publicKey = new PublicKey(Backends.ACTIVE.publicKey(secret));
    address = publicKey.toAddress();
  }

  /** A new key from the given source of randomness. */
  public static PrivateKey generate(SecureRandom random) {
    byte[] secret = new byte[SIZE];
    UInt256 scalar;
    do {
      random.nextBytes(secret);
      scalar = UInt256.fromBytes(secret);
    } while (scalar.isZero() || scalar.compareTo(Signature.N) >= 0);
    return new PrivateKey(secret);
  }

  /**
   * A copy of 32 big-endian bytes; the caller still owns, and should zero, its own.
   *
   * @throws InvalidKeyException if the length is another or the value out of range
   */
  public static PrivateKey of(byte[] secret) {
    if (secret.length != SIZE) {
      throw new InvalidKeyException("a private key has 32 bytes, not " + secret.length);
    }
    return new PrivateKey(secret.clone());
  }

  /**
   * 64 hexadecimal digits, {@code 0x} optional. For published test keys; a real secret should not
   * become a {@code String}.
   *
   * @throws InvalidKeyException on other text
   */
  public static PrivateKey fromHex(String hex) {
    if (!hex.matches("(0x)?[0-9a-fA-F]{64}")) {
      throw new InvalidKeyException("a private key is 64 hexadecimal digits");
    }
    return new PrivateKey(Hex.decode(hex));
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  /** The address that belongs to the key as long as its account was not given another key. */
  public Address address() {
    return address;
  }

  /** Signs a 32-byte digest: deterministic (RFC 6979 with SHA-256), low s. */
  public Signature sign(Hash digest) {
    byte[] copy = exportSecret();
    try {
      return Signature.decode(Bytes.wrap(Backends.ACTIVE.sign(digest.unsafeArray(), copy)));
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /** The 32 secret bytes, big-endian; the caller must zero them. */
  public synchronized byte[] exportSecret() {
    if (closed) {
      throw new IllegalStateException("the private key of " + address + " is closed");
    }
    return secret.clone();
  }

  /** Zeroes the secret. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "PrivateKey of " + address;
  }
}
