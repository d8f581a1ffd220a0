package dev.klay.core.evm;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;

/** Code that stands for another account's: 0xef0100 and an address (EIP-7702). */
public final class Delegation {
  private static final int SIZE = 23;

  private Delegation() {}

  /** The account that the code names; empty if it is other code. */
  public static Optional<Address> target(Bytes code) {
    boolean is =
        code.size() == SIZE && code.get(0) == (byte) 0xef && code.get(1) == 1 && code.get(2) == 0;
    return is ? Optional.of(Address.wrap(code.slice(3, SIZE).toArray())) : Optional.empty();
  }

  /** The code that names an account. */
  public static Bytes to(Address address) {
    byte[] code = new byte[SIZE];
    code[0] = (byte) 0xef;
    code[1] = 1;
    System.arraycopy(address.unsafeArray(), 0, code, 3, Address.SIZE);
    return Bytes.wrap(code);
  }
}
