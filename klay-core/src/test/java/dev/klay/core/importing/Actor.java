package dev.klay.core.importing;

import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.account.AccountKeyRoleBased;
import dev.klay.core.account.AccountKeyWeightedMultiSig;
import dev.klay.core.account.Role;
import dev.klay.core.account.WeightedKey;
import dev.klay.core.state.StateView;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Somebody with an account, who knows the secrets of every key it ever had. */
final class Actor {
  private final String name;
  private final PrivateKey original;
  private final Map<AccountKey, Map<Role, List<PrivateKey>>> secrets = new HashMap<>();
  private int keys;

  Actor(String name) {
    this.name = name;
    this.original = newKey();
    secrets.put(AccountKey.LEGACY, forAllRoles(List.of(original)));
  }

  private PrivateKey newKey() {
    return PrivateKey.of(
        Keccak256.hash((name + " " + keys++).getBytes(StandardCharsets.UTF_8)).toArray());
  }

  private static Map<Role, List<PrivateKey>> forAllRoles(List<PrivateKey> signers) {
    Map<Role, List<PrivateKey>> byRole = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      byRole.put(role, signers);
    }
    return byRole;
  }

  Address address() {
    return original.address();
  }

  /** The key that the address derives from. */
  PrivateKey original() {
    return original;
  }

  boolean isLegacy(StateView state) {
    return state.key(address()).equals(AccountKey.LEGACY);
  }

  /** Secrets that satisfy the account's key in a role, as it is now; null if nothing does. */
  @Nullable List<PrivateKey> signers(StateView state, Role role) {
    Map<Role, List<PrivateKey>> byRole = secrets.get(state.key(address()));
    return byRole == null ? null : byRole.get(role);
  }

  /** A key of any kind that an account may be given. */
  AccountKey nextKey(SplittableRandom random) {
    Map<Role, List<PrivateKey>> byRole = new EnumMap<>(Role.class);
    AccountKey key =
        switch (random.nextInt(8)) {
          case 0 -> AccountKey.LEGACY;
          case 1, 2 -> single(byRole, Role.values());
          case 3, 4 -> multiSig(byRole, Role.values());
          default ->
              new AccountKeyRoleBased(
                  List.of(
                      single(byRole, Role.TRANSACTION),
                      multiSig(byRole, Role.ACCOUNT_UPDATE),
                      random.nextBoolean()
                          ? single(byRole, Role.FEE_PAYER)
                          : multiSig(byRole, Role.FEE_PAYER)));
        };
    if (!key.equals(AccountKey.LEGACY)) {
      secrets.put(key, byRole);
    }
    return key;
  }

  private AccountKey single(Map<Role, List<PrivateKey>> byRole, Role... roles) {
    PrivateKey secret = newKey();
    for (Role role : roles) {
      byRole.put(role, List.of(secret));
    }
    return new AccountKeyPublic(secret.publicKey());
  }

  /** Two of three. */
  private AccountKey multiSig(Map<Role, List<PrivateKey>> byRole, Role... roles) {
    List<PrivateKey> all = List.of(newKey(), newKey(), newKey());
    for (Role role : roles) {
      byRole.put(role, all.subList(1, 3));
    }
    List<WeightedKey> weighted = new ArrayList<>();
    all.forEach(secret -> weighted.add(new WeightedKey(1, secret.publicKey())));
    return new AccountKeyWeightedMultiSig(2, weighted);
  }

  @Override
  public String toString() {
    return name;
  }
}
