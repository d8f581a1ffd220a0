package dev.klay.crypto.keystore;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.InvalidKeyException;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.Arrays;

/**
 * A private key together with the address of its account, which on Klaytn may be another than the
 * key's own: {@code 0x{64 digits}0x000x{40 digits}}. The text is a secret, hence {@code char[]};
 * {@link #close()} zeroes the key.
 */
public final class WalletKey implements AutoCloseable {
  /** Characters of the text with its leading 0x. */
  private static final int LENGTH = 112;

  private static final int TYPE_AT = 66;
  private static final int ADDRESS_AT = 70;

  private final PrivateKey privateKey;
  private final Address address;

  /** Takes the key over: it is closed with this object. */
  public WalletKey(PrivateKey privateKey, Address address) {
    this.privateKey = privateKey;
    this.address = address;
  }

  /**
   * Reads the text; the leading {@code 0x} may be absent, digits may have either case.
   *
   * @throws CorruptKeystoreException if it has another form, another type than 00 or no valid key
   */
  public static WalletKey parse(char[] text) {
    char[] full = withPrefix(text);
    byte[] secret = new byte[PrivateKey.SIZE];
    byte[] address = new byte[Address.SIZE];
    try {
      if (full.length != LENGTH
          || !prefixAt(full, 0)
          || !prefixAt(full, TYPE_AT)
          || !prefixAt(full, ADDRESS_AT)
          || !SecretText.decodeHex(full, 2, secret)
          || !SecretText.decodeHex(full, ADDRESS_AT + 2, address)) {
        throw new CorruptKeystoreException(
            "a wallet key is 0x, 64 hexadecimal digits, 0x00, 0x, 40 hexadecimal digits");
      }
      if (full[TYPE_AT + 2] != '0' || full[TYPE_AT + 3] != '0') {
        throw new CorruptKeystoreException("a wallet key has the type 0x00; others are reserved");
      }
      return new WalletKey(PrivateKey.of(secret), Address.wrap(address));
    } catch (InvalidKeyException e) {
      throw new CorruptKeystoreException("the wallet key holds no valid private key");
    } finally {
      Arrays.fill(full, '\0');
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** A copy, prefixed if it was not. */
  private static char[] withPrefix(char[] text) {
    if (text.length != LENGTH - 2) {
      return text.clone();
    }
    char[] full = new char[LENGTH];
    full[0] = '0';
    full[1] = 'x';
    System.arraycopy(text, 0, full, 2, text.length);
    return full;
  }

  private static boolean prefixAt(char[] text, int offset) {
    return text[offset] == '0' && text[offset + 1] == 'x';
  }

  /** The text in lower case with its leading 0x; a secret, which the caller zeroes. */
  public char[] format() {
    char[] text = new char[LENGTH];
    Arrays.fill(text, '0');
    text[1] = 'x';
    text[TYPE_AT + 1] = 'x';
    text[ADDRESS_AT + 1] = 'x';
    byte[] secret = privateKey.exportSecret();
    SecretText.encodeHex(secret, text, 2);
    Arrays.fill(secret, (byte) 0);
    SecretText.encodeHex(address.unsafeArray(), text, ADDRESS_AT + 2);
    return text;
  }

  public PrivateKey privateKey() {
    return privateKey;
  }

  /** The account's address. */
  public Address address() {
    return address;
  }

  /** Whether the address is another than the one derived from the key. */
  public boolean isDecoupled() {
    return !address.equals(privateKey.address());
  }

  @Override
  public void close() {
    privateKey.close();
  }

  @Override
  public String toString() {
    return "WalletKey of " + address;
  }
}
