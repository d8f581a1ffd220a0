package dev.klay.client.signer;

import dev.klay.core.account.Role;
import dev.klay.crypto.keystore.KeyRole;
import dev.klay.crypto.keystore.UnlockedKeystore;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The signers of one account, by what they sign for. A role without signers of its own is signed
 * for by those of transactions, as Klaytn's account keys have it. Immutable.
 */
public final class KeyRing {
  private final Map<Role, List<Signer>> signers;

  private KeyRing(Map<Role, List<Signer>> signers) {
    this.signers = new EnumMap<>(signers);
  }

  /**
   * The same signers for everything: one, or as many as the account's multisig key asks for.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static KeyRing of(Signer... signers) {
    if (signers.length == 0) {
      throw new IllegalArgumentException("an account has at least one signer");
    }
    return new KeyRing(Map.of(Role.TRANSACTION, List.of(signers)));
  }

  /** The keys of an opened keystore, which stay its to close. */
  public static KeyRing of(UnlockedKeystore keystore) {
    Map<Role, List<Signer>> byRole = new EnumMap<>(Role.class);
    Arrays.stream(Role.values())
        .forEach(role -> byRole.put(role, signers(keystore, KeyRole.valueOf(role.name()))));
    return new KeyRing(byRole);
  }

  private static List<Signer> signers(UnlockedKeystore keystore, KeyRole role) {
    return keystore.signingKeys(role).stream().map(Signer::of).toList();
  }

  /** The same with signers of a role's own. */
  public KeyRing with(Role role, Signer... own) {
    Map<Role, List<Signer>> byRole = new EnumMap<>(signers);
    byRole.put(role, List.of(own));
    return new KeyRing(byRole);
  }

  /** Who signs for a role, in order. */
  public List<Signer> signers(Role role) {
    List<Signer> own = signers.getOrDefault(role, List.of());
    return own.isEmpty() ? signers.getOrDefault(Role.TRANSACTION, List.of()) : own;
  }

  @Override
  public String toString() {
    return "key ring " + signers;
  }
}
