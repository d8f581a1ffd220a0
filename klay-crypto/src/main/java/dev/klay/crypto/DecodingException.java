package dev.klay.crypto;

/**
 * Bytes or text from outside do not have the form they must have. Nothing was changed; the input is
 * to be dropped or corrected. The message says what was expected and what was found.
 */
public class DecodingException extends KlayException {
  public DecodingException(String message) {
    super(message);
  }

  public DecodingException(String message, Throwable cause) {
    super(message, cause);
  }
}
