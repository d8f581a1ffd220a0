package dev.klay.crypto.mnemonic;

import dev.klay.crypto.DecodingException;

/**
 * A phrase that is no English BIP-39 mnemonic: ask for it again. The message gives the position of
 * a wrong word, never the word.
 */
public final class InvalidMnemonicException extends DecodingException {
  public InvalidMnemonicException(String message) {
    super(message);
  }
}
