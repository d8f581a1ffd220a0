package dev.klay.core.config;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.mnemonic.ExtendedPrivateKey;
import dev.klay.crypto.mnemonic.HdPath;
import dev.klay.crypto.mnemonic.Mnemonic;
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

  /** Rangers that networks with published keys have, and more. */
  private static final int RANGERS = 100;

  private static final int TOOLS_ACCOUNTS = 100;

  /** The phrase that Hardhat, anvil and others derive their accounts from. */
  private static final String TOOLS_PHRASE =
      "test test test test test test test test test test test junk";

  /** The tokens that partners of the Aspen network showed, each of an issuer of its own. */
  public static final List<String> PARTNER_TOKENS = List.of("RASPUTIN", "IRENE", "OKAKA");

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

  /**
   * The addresses of all published keys that matter: the faucet, validators, rangers, the issuers
   * of the partner tokens, and the first accounts of the phrase that development tools share.
   */
  public static List<Address> publishedAddresses() {
    List<Address> published = new ArrayList<>(validatorAddresses(VALIDATORS_MAX));
    published.add(faucetAddress());
    for (int number = 1; number <= RANGERS; number++) {
      published.add(closing(ranger(number)));
    }
    PARTNER_TOKENS.forEach(symbol -> published.add(closing(issuer(symbol))));
    try (Mnemonic phrase = Mnemonic.parse(TOOLS_PHRASE.toCharArray());
        ExtendedPrivateKey master = phrase.masterKey(new char[0])) {
      for (int i = 0; i < TOOLS_ACCOUNTS; i++) {
        try (ExtendedPrivateKey child = master.derive(HdPath.ethereum(i))) {
          published.add(closing(child.privateKey()));
        }
      }
    }
    return List.copyOf(published);
  }

  private static Address closing(PrivateKey key) {
    try (key) {
      return key.address();
    }
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
