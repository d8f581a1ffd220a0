package dev.klay.crypto.mnemonic;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Entropy as numbers of 11 bits: the entropy, then one checksum bit for every 32 of its bits, the
 * first ones of its SHA-256 (BIP-39).
 */
final class MnemonicCode {
  private static final int WORD_BITS = 11;

  private MnemonicCode() {}

  static int[] encode(byte[] entropy) {
    if (entropy.length < 16 || entropy.length > 32 || entropy.length % 4 != 0) {
      throw new IllegalArgumentException(
          "entropy has 16, 20, 24, 28 or 32 bytes, not " + entropy.length);
    }
    byte[] bits = Arrays.copyOf(entropy, entropy.length + 1);
    bits[entropy.length] = checksum(entropy);
    int[] words = new int[entropy.length / 4 * 3];
    for (int bit = 0; bit < words.length * WORD_BITS; bit++) {
      int value = bits[bit / 8] >> (7 - bit % 8) & 1;
      words[bit / WORD_BITS] = words[bit / WORD_BITS] << 1 | value;
    }
    Arrays.fill(bits, (byte) 0);
    return words;
  }

  /** Throws {@link InvalidMnemonicException} on a wrong number of words or a wrong checksum. */
  static void check(int[] words) {
    if (words.length < 12 || words.length > 24 || words.length % 3 != 0) {
      throw new InvalidMnemonicException(
          "a phrase has 12, 15, 18, 21 or 24 words, not " + words.length);
    }
    byte[] bits = new byte[words.length / 3 * 4 + 1];
    for (int bit = 0; bit < words.length * WORD_BITS; bit++) {
      int value = words[bit / WORD_BITS] >> (WORD_BITS - 1 - bit % WORD_BITS) & 1;
      bits[bit / 8] |= (byte) (value << (7 - bit % 8));
    }
    byte[] entropy = Arrays.copyOf(bits, bits.length - 1);
    int unused = 8 - words.length / 3;
    boolean matches =
        (bits[entropy.length] & 0xff) >> unused == (checksum(entropy) & 0xff) >> unused;
    Arrays.fill(bits, (byte) 0);
    Arrays.fill(entropy, (byte) 0);
    if (!matches) {
      throw new InvalidMnemonicException(
          "the checksum does not match: a word is wrong or out of order");
    }
  }

  /** The first byte of the digest; a phrase uses its upper 4 to 8 bits. */
  private static byte checksum(byte[] entropy) {
    return sha256(entropy)[0];
  }

  static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
