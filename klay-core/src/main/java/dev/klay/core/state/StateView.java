package dev.klay.core.state;

import dev.klay.core.account.AccountKey;
import dev.klay.core.account.Code;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;

/**
 * What can be read of a state. An account that does not exist reads as an empty one with {@link
 * AccountKey#LEGACY}.
 */
public interface StateView {
  boolean exists(Address address);

  /** Whether the account exists and is a smart contract account. */
  boolean isContract(Address address);

  /** The nonce, an unsigned integer. */
  long nonce(Address address);

  Amount balance(Address address);

  AccountKey key(Address address);

  Code code(Address address);

  /** The word in a slot of the account's storage, zero if it was never written. */
  UInt256 storage(Address address, UInt256 slot);
}
