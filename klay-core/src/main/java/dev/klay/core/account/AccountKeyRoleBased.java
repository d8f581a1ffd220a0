package dev.klay.core.account;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key per {@link Role}, in the order of the roles. Roles beyond the last member are signed with
 * the key of {@link Role#TRANSACTION}.
 *
 * @param keys 1 to {@value #ROLES_MAX} members if installable, none of them role-based
 */
public record AccountKeyRoleBased(List<AccountKey> keys) implements AccountKey {
  static final int TYPE = 5;

  /** Number of roles. */
  public static final int ROLES_MAX = 3;

  public AccountKeyRoleBased {
    keys = List.copyOf(keys);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeTo(RlpWriter writer) {
    writer.integer(TYPE).beginList();
    for (AccountKey member : keys) {
      writer.bytes(member.encode());
    }
    writer.endList();
  }

  @Override
  public AccountKey forRole(Role role) {
    return role.ordinal() < keys.size() ? keys.get(role.ordinal()) : keys.get(0);
  }

  @Override
  public boolean isSatisfiedBy(
      List<PublicKey> signers, Address account, Role role, boolean istanbul) {
    return forRole(role).isSatisfiedBy(signers, account, role, istanbul);
  }

  @Override
  public boolean contains(PublicKey signer, Address account) {
    return keys.stream().anyMatch(member -> member.contains(signer, account));
  }

  @Override
  public int keyCount() {
    return keys.stream().mapToInt(AccountKey::keyCount).sum();
  }

  @Override
  public long validationGas(Role role, int signatures, boolean istanbul) {
    return forRole(role).validationGas(role, signatures, istanbul);
  }

  @Override
  public Optional<KeyUpdateError> checkInstallable() {
    return checkMembers(List.of());
  }

  @Override
  public Optional<KeyUpdateError> checkReplaceable(AccountKey newKey) {
    return newKey instanceof AccountKeyRoleBased roles
        ? roles.checkMembers(keys)
        : newKey.checkInstallable();
  }

  /** Why these members cannot follow the old ones; beyond the old ones they must be installable. */
  private Optional<KeyUpdateError> checkMembers(List<AccountKey> old) {
    if (keys.isEmpty()) {
      return Optional.of(KeyUpdateError.ZERO_LENGTH);
    }
    if (keys.size() > ROLES_MAX) {
      return Optional.of(KeyUpdateError.LENGTH_TOO_LONG);
    }
    for (int i = 0; i < keys.size(); i++) {
      AccountKey member = keys.get(i);
      Optional<KeyUpdateError> error =
          i < old.size() ? checkMember(old.get(i), member) : checkNewMember(member);
      if (error.isPresent()) {
        return error;
      }
    }
    return Optional.empty();
  }

  private static Optional<KeyUpdateError> checkMember(AccountKey old, AccountKey member) {
    return member instanceof AccountKeyNil || member instanceof AccountKeyRoleBased
        ? checkNested(member)
        : old.checkReplaceable(member);
  }

  private static Optional<KeyUpdateError> checkNewMember(AccountKey member) {
    return checkNested(member).or(member::checkInstallable);
  }

  private static Optional<KeyUpdateError> checkNested(AccountKey member) {
    return member instanceof AccountKeyRoleBased
        ? Optional.of(KeyUpdateError.NESTED_ROLE_BASED_KEY)
        : Optional.empty();
  }

  @Override
  public AccountKey replacedBy(AccountKey newKey) {
    if (!(newKey instanceof AccountKeyRoleBased update)) {
      return newKey;
    }
    List<AccountKey> merged = new ArrayList<>(keys);
    for (int i = 0; i < update.keys.size(); i++) {
      AccountKey member = update.keys.get(i);
      if (i == merged.size()) {
        merged.add(member);
      } else if (!(member instanceof AccountKeyNil)) {
        merged.set(i, member);
      }
    }
    return new AccountKeyRoleBased(merged);
  }
}
