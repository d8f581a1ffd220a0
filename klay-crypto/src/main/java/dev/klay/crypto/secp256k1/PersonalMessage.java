package dev.klay.crypto.secp256k1;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.nio.charset.StandardCharsets;

/**
 * Text that a person signs: the prefix keeps such a signature from ever being a transaction's.
 * Klaytn's prefix is that of {@code klay_sign}, Ethereum's that of EIP-191 version 0x45.
 */
public enum PersonalMessage {
  KLAYTN("\u0019Klaytn Signed Message:\n"),
  ETHEREUM("\u0019Ethereum Signed Message:\n");

  private final String prefix;

  PersonalMessage(String prefix) {
    this.prefix = prefix;
  }

  /** Keccak-256 over prefix, length in decimal digits, message. */
  public Hash digest(Bytes message) {
    byte[] head = (prefix + message.size()).getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + message.size()];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(message.unsafeArray(), 0, all, head.length, message.size());
    return Keccak256.hash(all);
  }

  /** The digest of a text in UTF-8. */
  public Hash digest(String message) {
    return digest(Bytes.wrap(message.getBytes(StandardCharsets.UTF_8)));
  }
}
