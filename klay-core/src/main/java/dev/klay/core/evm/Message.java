package dev.klay.core.evm;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;

/**
 * A call or a creation from outside, as a transaction makes it.
 *
 * @param to the account that is called; empty to create a contract
 * @param input calldata, or init code
 * @param gas that may be used
 */
public record Message(Address from, Optional<Address> to, Amount value, Bytes input, long gas) {
  /** The same with another amount of gas. */
  public Message withGas(long newGas) {
    return new Message(from, to, value, input, newGas);
  }
}
