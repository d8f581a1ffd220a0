package dev.klay.crypto.keystore;

import dev.klay.crypto.hash.Keccak256;
import java.util.Arrays;
import org.bouncycastle.crypto.BufferedBlockCipher;
import org.bouncycastle.crypto.DefaultBufferedBlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** The ciphers of keystores; the derived key has 32 bytes, of which they use the first 16. */
enum KeyCipher {
  /** Versions 3 and 4. */
  AES_128_CTR("aes-128-ctr") {
    @Override
    boolean accepts(int length) {
      return length >= 1 && length <= 32;
    }

    @Override
    byte[] key(byte[] derived) {
      return Arrays.copyOf(derived, KEY_SIZE);
    }

    @Override
    BufferedBlockCipher engine() {
      return new DefaultBufferedBlockCipher(SICBlockCipher.newInstance(AESEngine.newInstance()));
    }
  },
  /** Version 1: the key is hashed once more, and 32 bytes are padded to 48. */
  AES_128_CBC("aes-128-cbc") {
    @Override
    boolean accepts(int length) {
      return length >= 16 && length <= 48 && length % 16 == 0;
    }

    @Override
    byte[] key(byte[] derived) {
      return Arrays.copyOf(Keccak256.hash(derived, 0, KEY_SIZE).unsafeArray(), KEY_SIZE);
    }

    @Override
    BufferedBlockCipher engine() {
      return new PaddedBufferedBlockCipher(
          CBCBlockCipher.newInstance(AESEngine.newInstance()), new PKCS7Padding());
    }
  };

  static final int IV_SIZE = 16;
  private static final int KEY_SIZE = 16;

  private final String id;

  KeyCipher(String id) {
    this.id = id;
  }

  /** The name in the file. */
  String id() {
    return id;
  }

  /** Whether a ciphertext of this length can hold a private key. */
  abstract boolean accepts(int length);

  abstract byte[] key(byte[] derived);

  abstract BufferedBlockCipher engine();

  byte[] encrypt(byte[] derived, byte[] iv, byte[] plain) {
    try {
      return run(true, derived, iv, plain);
    } catch (InvalidCipherTextException e) {
      throw new AssertionError("encryption has no padding to check", e);
    }
  }

  byte[] decrypt(byte[] derived, byte[] iv, byte[] ciphertext) throws InvalidCipherTextException {
    return run(false, derived, iv, ciphertext);
  }

  private byte[] run(boolean encrypt, byte[] derived, byte[] iv, byte[] input)
      throws InvalidCipherTextException {
    byte[] key = key(derived);
    BufferedBlockCipher engine = engine();
    engine.init(encrypt, new ParametersWithIV(new KeyParameter(key), iv));
    byte[] buffer = new byte[engine.getOutputSize(input.length)];
    try {
      int count = engine.processBytes(input, 0, input.length, buffer, 0);
      count += engine.doFinal(buffer, count);
      return Arrays.copyOf(buffer, count);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(buffer, (byte) 0);
    }
  }
}
