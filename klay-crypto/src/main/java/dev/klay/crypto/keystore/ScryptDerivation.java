package dev.klay.crypto.keystore;

import dev.klay.crypto.primitive.Bytes;

/**
 * scrypt (RFC 7914). A file decides these numbers, so they are bounded: a hostile one could
 * otherwise take the whole heap or run for hours.
 *
 * @param n iterations, a power of two above 1
 * @param r block size in units of 128 bytes
 * @param p how often the work is done, one after the other
 */
record ScryptDerivation(int n, int r, int p, Bytes salt) implements KeyDerivation {
  /** Twice what the standard cost takes. */
  static final long MEMORY_BYTES_MAX = 512L << 20;

  /** n*r*p; eight times that of the standard cost. */
  static final long WORK_MAX = 1L << 24;

  /** p*r; the p blocks of 128*r bytes then take at most 8 MiB. */
  static final long BLOCKS_MAX = 1L << 16;

  ScryptDerivation {
    if (n < 2 || Integer.bitCount(n) != 1) {
      throw new CorruptKeystoreException("scrypt n must be a power of two above 1, not " + n);
    }
    if (r < 1 || p < 1) {
      throw new CorruptKeystoreException("scrypt r and p must be positive: r=" + r + " p=" + p);
    }
    // Each below 2^31: the product of two fits a long.
    if ((long) n * r > MEMORY_BYTES_MAX / 128) {
      throw new UnsupportedKeystoreException(
          "scrypt n=" + n + " r=" + r + " needs more than " + (MEMORY_BYTES_MAX >> 20) + " MiB");
    }
    if ((long) p * r > BLOCKS_MAX || (long) n * r > WORK_MAX / p) {
      throw new UnsupportedKeystoreException(
          "scrypt n="
              + n
              + " r="
              + r
              + " p="
              + p
              + " is beyond the limits: n*r*p "
              + WORK_MAX
              + ", p*r "
              + BLOCKS_MAX);
    }
  }

  @Override
  public long work() {
    return (long) n * r * p;
  }

  @Override
  public byte[] derive(byte[] password) {
    return Scrypt.derive(password, salt.unsafeArray(), n, r, p, KEY_SIZE);
  }
}
