package dev.klay.client.wallet;

import dev.klay.client.KlayClient;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A wallet that was just made. Write its keystore file and, if its owner wants, show the private
 * key: once, and only until this is closed.
 */
public final class NewWallet implements AutoCloseable {
  private final Keystore keystore;
  private final PrivateKey key;
  private boolean revealed;

  NewWallet(Keystore keystore, PrivateKey key) {
    this.keystore = keystore;
    this.key = key;
  }

  public Address address() {
    return key.address();
  }

  /** The file to keep: {@code keystore().writeTo(path)} writes it for its owner's eyes only. */
  public Keystore keystore() {
    return keystore;
  }

  /**
   * Keeps the wallet in a new file that only its owner may read; it opens with the password.
   *
   * @throws dev.klay.crypto.keystore.KeystoreFileException if the file exists already or cannot be
   *     written
   */
  public void saveTo(Path file) {
    keystore.writeTo(file);
  }

  /**
   * The private key, to be written down. Whoever knows it owns the account.
   *
   * @throws IllegalStateException the second time
   */
  public synchronized RevealedKey revealPrivateKey() {
    if (revealed) {
      throw new IllegalStateException(
          "the private key was shown already; unlock the keystore file to see it again");
    }
    revealed = true;
    return new RevealedKey(key.exportSecret());
  }

  /** The wallet, ready to send on the client's chain; closed on its own. */
  public synchronized Wallet connect(KlayClient client) {
    byte[] secret = key.exportSecret();
    try {
      return new Wallet(client, address(), PrivateKey.of(secret));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "new wallet " + address();
  }
}
