package dev.klay.crypto.mnemonic;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * An English phrase of 12 to 24 words that stands for the keys of a wallet (BIP-39). Whoever has
 * the phrase has the money: it is shown by {@link #reveal()} only, and {@link #close()} zeroes it.
 *
 * <pre>{@code
 * try (Mnemonic phrase = Mnemonic.generate(12, random);
 *     ExtendedPrivateKey master = phrase.masterKey(new char[0]);
 *     ExtendedPrivateKey account = master.derive(HdPath.klaytn(0))) {
 *   PrivateKey key = account.privateKey();
 * }
 * }</pre>
 */
public final class Mnemonic implements AutoCloseable {
  private static final int SEED_SIZE = 64;
  private static final int SEED_ROUNDS = 2048;

  private final char[] phrase;
  private final int wordCount;
  private boolean closed;

  private Mnemonic(char[] phrase, int wordCount) {
    this.phrase = phrase;
    this.wordCount = wordCount;
  }

  /**
   * A new phrase.
   *
   * @param words 12, 15, 18, 21 or 24
   */
  public static Mnemonic generate(int words, SecureRandom random) {
    if (words < 12 || words > 24 || words % 3 != 0) {
      throw new IllegalArgumentException("a phrase has 12, 15, 18, 21 or 24 words, not " + words);
    }
    byte[] entropy = new byte[words / 3 * 4];
    random.nextBytes(entropy);
    try {
      return ofEntropy(entropy);
    } finally {
      Arrays.fill(entropy, (byte) 0);
    }
  }

  /** The phrase of 16, 20, 24, 28 or 32 bytes; the caller still owns, and should zero, them. */
  public static Mnemonic ofEntropy(byte[] entropy) {
    int[] indexes = MnemonicCode.encode(entropy);
    char[] phrase = EnglishWords.join(indexes);
    Arrays.fill(indexes, 0);
    return new Mnemonic(phrase, indexes.length);
  }

  /**
   * Reads a phrase as a person types it: any white space between words, either case.
   *
   * @throws InvalidMnemonicException if the number of words is none of 12, 15, 18, 21, 24, a word
   *     is not in the English list, or the checksum in the last word does not match
   */
  public static Mnemonic parse(char[] phrase) {
    int[] indexes = EnglishWords.split(phrase);
    try {
      MnemonicCode.check(indexes);
      return new Mnemonic(EnglishWords.join(indexes), indexes.length);
    } finally {
      Arrays.fill(indexes, 0);
    }
  }

  public int wordCount() {
    return wordCount;
  }

  /** The words, one space between; the caller zeroes the array. */
  public synchronized char[] reveal() {
    if (closed) {
      throw new IllegalStateException("the mnemonic is closed");
    }
    return phrase.clone();
  }

  /**
   * The master key of the phrase under a passphrase, which may be empty.
   *
   * @param passphrase part of the secret: another one opens another, equally valid wallet
   */
  public ExtendedPrivateKey masterKey(char[] passphrase) {
    char[] words = reveal();
    byte[] seed = seed(words, passphrase);
    try {
      return ExtendedPrivateKey.ofSeed(seed);
    } finally {
      Arrays.fill(words, '\0');
      Arrays.fill(seed, (byte) 0);
    }
  }

  /**
   * The 64-byte seed of a phrase in any language, taken as it is: nothing is validated. The caller
   * zeroes it. (Text beyond ASCII is normalised, NFKD, through a {@code String} that stays in
   * memory until it is collected.)
   */
  public static byte[] seed(char[] phrase, char[] passphrase) {
    byte[] password = normalized(phrase);
    byte[] ending = normalized(passphrase);
    byte[] salt = Arrays.copyOf("mnemonic".getBytes(StandardCharsets.US_ASCII), 8 + ending.length);
    System.arraycopy(ending, 0, salt, 8, ending.length);
    try {
      PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
      generator.init(password, salt, SEED_ROUNDS);
      return ((KeyParameter) generator.generateDerivedMacParameters(8 * SEED_SIZE)).getKey();
    } finally {
      Arrays.fill(password, (byte) 0);
      Arrays.fill(ending, (byte) 0);
      Arrays.fill(salt, (byte) 0);
    }
  }

  private static byte[] normalized(char[] text) {
    byte[] ascii = new byte[text.length];
    for (int i = 0; i < text.length; i++) {
      if (text[i] >= 0x80) {
        Arrays.fill(ascii, (byte) 0);
        return Normalizer.normalize(CharBuffer.wrap(text), Normalizer.Form.NFKD)
            .getBytes(StandardCharsets.UTF_8);
      }
      ascii[i] = (byte) text[i];
    }
    return ascii;
  }

  /** The published English list, 2048 words in alphabetical order. */
  public static List<String> words() {
    return EnglishWords.LIST;
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(phrase, '\0');
  }

  @Override
  public String toString() {
    return "Mnemonic of " + wordCount + " words";
  }
}
