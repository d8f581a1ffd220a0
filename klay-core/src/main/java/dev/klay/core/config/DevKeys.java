package dev.klay.core.config;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Published keys for development and test chains: anybody can use them, so a chain of {@link
 * NetworkKind#MAIN} refuses them. The secret of a name is Keccak-256 of {@code "klay dev key: "}
 * and the name.
 */
public final class DevKeys {
  /** Most validators that have a published key. */
  public static final int VALIDATORS_MAX = 100;

  private static final String PREFIX = "klay dev key: ";
  private static final String FAUCET = "faucet";

  private DevKeys() {}

  /** The address of the account that a faucet sends from. */
  public static Address faucetAddress() {
    try (PrivateKey key = faucet()) {
      return key.address();
    }
  }

  /** The key that a faucet sends with. The caller closes it. */
  public static PrivateKey faucet() {
    return named(FAUCET);
  }

  /** The addresses of the first so many validators, ascending: the order of Node01, Node02, ... */
  public static List<Address> validatorAddresses(int count) {
    if (count < 1 || count > VALIDATORS_MAX) {
      throw new IllegalArgumentException("1 to " + VALIDATORS_MAX + " validators, not " + count);
    }
    List<Address> addresses = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      try (PrivateKey key = validator(i)) {
        addresses.add(key.address());
      }
    }
    addresses.sort(Comparator.naturalOrder());
    return List.copyOf(addresses);
  }

  /** The published key of a validator's address, if it has one. The caller closes it. */
  public static Optional<PrivateKey> ofValidator(Address address) {
    for (int i = 1; i <= VALIDATORS_MAX; i++) {
      PrivateKey key = validator(i);
      if (key.address().equals(address)) {
        return Optional.of(key);
      }
      key.close();
    }
    return Optional.empty();
  }

  /** The identity of a ranger, from 1. The caller closes it. */
  public static PrivateKey ranger(int number) {
    return named("ranger " + number);
  }

  /** The key that a demo token of this symbol is issued with. The caller closes it. */
  public static PrivateKey issuer(String symbol) {
    return named("issuer " + symbol);
  }

  private static PrivateKey validator(int number) {
    return named("validator " + number);
  }

  private static PrivateKey named(String name) {
    byte[] text = (PREFIX + name).getBytes(StandardCharsets.UTF_8);
    return PrivateKey.of(Keccak256.hash(text).toArray());
  }
}
