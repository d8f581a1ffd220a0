package dev.klay.client.contract;

import dev.klay.core.service.Receipt;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;

/**
 * A token took a transfer without complaint and moved nothing: it answered false, or reported
 * nothing. The fee is paid; look at the receipt before trying again.
 */
public final class TokenRefusedException extends KlayException {
  private final transient Receipt receipt;

  TokenRefusedException(Address token, Receipt receipt) {
    super("the token " + token + " moved nothing in transaction " + receipt.hash());
    this.receipt = receipt;
  }

  public Receipt receipt() {
    return receipt;
  }
}
