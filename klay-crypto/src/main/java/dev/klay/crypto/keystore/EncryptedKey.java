package dev.klay.crypto.keystore;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.InvalidKeyException;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;

/**
 * One private key under a password: the "crypto" object of a keystore.
 *
 * @param iv 16 bytes, the whole first counter block or the CBC vector
 * @param mac Keccak-256 over the second half of the derived key and the ciphertext
 */
record EncryptedKey(KeyCipher cipher, Bytes ciphertext, Bytes iv, KeyDerivation kdf, Hash mac) {
  private static final int SALT_SIZE = 32;
  private static final int HALF = KeyDerivation.KEY_SIZE / 2;

  EncryptedKey {
    if (iv.size() != KeyCipher.IV_SIZE) {
      throw new CorruptKeystoreException("the iv has 16 bytes, not " + iv.size());
    }
    if (!cipher.accepts(ciphertext.size())) {
      throw new CorruptKeystoreException(
          "a ciphertext of " + ciphertext.size() + " bytes holds no private key");
    }
  }

  /** Encrypts with a fresh salt and iv. */
  static EncryptedKey encrypt(
      PrivateKey key, byte[] password, KeystoreCost cost, SecureRandom random) {
    KeyDerivation kdf = cost.derivation(randomBytes(random, SALT_SIZE));
    Bytes iv = randomBytes(random, KeyCipher.IV_SIZE);
    byte[] derived = kdf.derive(password);
    byte[] secret = key.exportSecret();
    try {
      Bytes ciphertext =
          Bytes.wrap(KeyCipher.AES_128_CTR.encrypt(derived, iv.unsafeArray(), secret));
      return new EncryptedKey(
          KeyCipher.AES_128_CTR, ciphertext, iv, kdf, Hash.of(mac(derived, ciphertext)));
    } finally {
      Arrays.fill(derived, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The key; {@link WrongPasswordException} before anything is decrypted if the mac differs. */
  PrivateKey decrypt(byte[] password) {
    byte[] derived = kdf.derive(password);
    byte[] secret = new byte[PrivateKey.SIZE];
    byte[] plain = {};
    try {
      if (!MessageDigest.isEqual(mac(derived, ciphertext), mac.unsafeArray())) {
        throw new WrongPasswordException();
      }
      plain = cipher.decrypt(derived, iv.unsafeArray(), ciphertext.unsafeArray());
      if (plain.length > secret.length) {
        throw new CorruptKeystoreException("the keystore holds more than a private key");
      }
      // Old files left out leading zeros.
      System.arraycopy(plain, 0, secret, secret.length - plain.length, plain.length);
      return PrivateKey.of(secret);
    } catch (InvalidKeyException | InvalidCipherTextException e) {
      throw new CorruptKeystoreException("the keystore holds no valid private key");
    } finally {
      Arrays.fill(derived, (byte) 0);
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static byte[] mac(byte[] derived, Bytes ciphertext) {
    byte[] input = Arrays.copyOfRange(derived, HALF, derived.length + ciphertext.size());
    System.arraycopy(ciphertext.unsafeArray(), 0, input, HALF, ciphertext.size());
    byte[] digest = Keccak256.hash(input).unsafeArray();
    Arrays.fill(input, (byte) 0);
    return digest;
  }

  private static Bytes randomBytes(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
