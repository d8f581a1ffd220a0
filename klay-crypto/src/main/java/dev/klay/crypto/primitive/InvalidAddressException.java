package dev.klay.crypto.primitive;

import dev.klay.crypto.DecodingException;

/** Text that is no address, or whose EIP-55 checksum does not match: ask for it again. */
public final class InvalidAddressException extends DecodingException {
  public InvalidAddressException(String text, String reason) {
    super("\"" + (text.length() <= 80 ? text : text.substring(0, 77) + "...") + "\": " + reason);
  }
}
