package dev.klay.client.wallet;

import java.util.Arrays;

/** A private key to be shown to its owner; wiped when closed. */
public final class RevealedKey implements AutoCloseable {
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private final char[] hex;
  private boolean closed;

  RevealedKey(byte[] secret) {
    hex = new char[2 + 2 * secret.length];
    hex[0] = '0';
    hex[1] = 'x';
    for (int i = 0; i < secret.length; i++) {
      hex[2 + 2 * i] = DIGITS[secret[i] >> 4 & 0xf];
      hex[3 + 2 * i] = DIGITS[secret[i] & 0xf];
    }
    Arrays.fill(secret, (byte) 0);
  }

  /**
   * 0x and 64 hexadecimal digits. The array is this object's: it is wiped by {@link #close}.
   *
   * @throws IllegalStateException after closing
   */
  public synchronized char[] hex() {
    if (closed) {
      throw new IllegalStateException("the private key was closed");
    }
    return hex;
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(hex, '\0');
  }

  @Override
  public String toString() {
    return "private key (hidden)";
  }
}
