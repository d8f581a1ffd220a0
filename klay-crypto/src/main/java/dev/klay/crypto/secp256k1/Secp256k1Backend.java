package dev.klay.crypto.secp256k1;

import org.jspecify.annotations.Nullable;

/**
 * The curve arithmetic behind keys and signatures; one implementation in pure Java, one native.
 * Implementations are stateless, thread-safe and give equal bytes for equal input. They must never
 * keep or log a private key.
 */
interface Secp256k1Backend {
  /** For the log and the benchmarks. */
  String name();

  /** The public point of a valid key: 64 bytes, x then y, big-endian. */
  byte[] publicKey(byte[] privateKey);

  /** Deterministic (RFC 6979, SHA-256), low-s: 65 bytes, r, s and the recovery id 0 or 1. */
  byte[] sign(byte[] digest, byte[] privateKey);

  /**
   * The public point (64 bytes) that made the signature, null if there is none. High s is accepted.
   *
   * @param signature 64 bytes, r and s, each in 1..n-1
   * @param recoveryId 0 or 1
   */
  byte @Nullable [] recover(byte[] digest, byte[] signature, int recoveryId);

  /** The point (64 bytes) of a 33-byte compressed or 65-byte uncompressed encoding, else null. */
  byte @Nullable [] decodePoint(byte[] encoded);
}
