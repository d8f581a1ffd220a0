package dev.klay.client.wallet;

import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;

/**
 * A keystore opened, but its key is not the one of its account on this chain: the file is damaged,
 * or the account was given another key. Open a copy of the file.
 */
public final class DamagedKeystoreException extends KlayException {
  DamagedKeystoreException(Address address) {
    super("the key in the keystore is not one that controls " + address);
  }
}
