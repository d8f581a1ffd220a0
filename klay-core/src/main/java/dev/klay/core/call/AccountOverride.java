package dev.klay.core.call;

import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one account is to be during a call; what is not set stays as it is. Immutable.
 *
 * <pre>{@code
 * AccountOverride rich = AccountOverride.NONE.withBalance(Amount.klay(1_000));
 * }</pre>
 *
 * @param nonce an unsigned integer
 * @param code what runs when the account is called; empty bytes take its code away
 * @param storage all the account stores, by slot: the rest is zero; or
 * @param storageChanges the slots that differ, not both
 */
public record AccountOverride(
    Optional<Amount> balance,
    Optional<Long> nonce,
    Optional<Bytes> code,
    Optional<Map<UInt256, UInt256>> storage,
    Map<UInt256, UInt256> storageChanges) {
  public static final AccountOverride NONE =
      new AccountOverride(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  public AccountOverride {
    storage = storage.map(AccountOverride::copy);
    storageChanges = copy(storageChanges);
    if (storage.isPresent() && !storageChanges.isEmpty()) {
      throw new IllegalArgumentException("the storage is either replaced or changed, not both");
    }
  }

  private static Map<UInt256, UInt256> copy(Map<UInt256, UInt256> slots) {
    return Collections.unmodifiableMap(new TreeMap<>(slots));
  }

  public AccountOverride withBalance(Amount newBalance) {
    return new AccountOverride(Optional.of(newBalance), nonce, code, storage, storageChanges);
  }

  public AccountOverride withNonce(long newNonce) {
    return new AccountOverride(balance, Optional.of(newNonce), code, storage, storageChanges);
  }

  public AccountOverride withCode(Bytes newCode) {
    return new AccountOverride(balance, nonce, Optional.of(newCode), storage, storageChanges);
  }

  /** Replaces all that the account stores; JSON-RPC's {@code state}. */
  public AccountOverride withStorage(Map<UInt256, UInt256> slots) {
    return new AccountOverride(balance, nonce, code, Optional.of(slots), storageChanges);
  }

  /** Changes these slots only; JSON-RPC's {@code stateDiff}. */
  public AccountOverride withStorageChanges(Map<UInt256, UInt256> slots) {
    return new AccountOverride(balance, nonce, code, storage, slots);
  }
}
