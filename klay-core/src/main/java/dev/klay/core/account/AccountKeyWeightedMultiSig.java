package dev.klay.core.account;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Several public keys; those that sign must together weigh the threshold or more.
 *
 * @param threshold an unsigned 64-bit integer; zero is allowed
 * @param keys 1 to {@value #KEYS_MAX} distinct keys if installable
 */
public record AccountKeyWeightedMultiSig(long threshold, List<WeightedKey> keys)
    implements AccountKey {
  static final int TYPE = 4;

  /** Most keys of an installable key. */
  public static final int KEYS_MAX = 10;

  /** Gas for each signature behind the first. */
  private static final long GAS_PER_SIGNATURE = 15_000;

  public AccountKeyWeightedMultiSig {
    keys = List.copyOf(keys);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeTo(RlpWriter writer) {
    writer.integer(TYPE).beginList().unsignedLong(threshold).beginList();
    for (WeightedKey member : keys) {
      writer.beginList();
      writer.unsignedLong(member.weight()).bytes(member.key().toCompressed());
      writer.endList();
    }
    writer.endList().endList();
  }

  /**
   * Every key counts once, however often it signs. From Istanbul on there may be no more signatures
   * than keys, and the signature of a stranger makes all of them invalid.
   */
  @Override
  public boolean isSatisfiedBy(
      List<PublicKey> signers, Address account, Role role, boolean istanbul) {
    Set<PublicKey> distinct = new HashSet<>(signers);
    long sum = 0;
    int registered = 0;
    for (WeightedKey member : keys) {
      if (distinct.contains(member.key())) {
        sum += member.weight();
        registered++;
      }
    }
    if (istanbul && (signers.size() > keys.size() || registered < distinct.size())) {
      return false;
    }
    return Long.compareUnsigned(sum, threshold) >= 0;
  }

  @Override
  public boolean contains(PublicKey signer, Address account) {
    return keys.stream().anyMatch(member -> member.key().equals(signer));
  }

  @Override
  public int keyCount() {
    return keys.size();
  }

  @Override
  public long validationGas(Role role, int signatures, boolean istanbul) {
    int charged = istanbul ? signatures : keys.size();
    return GAS_PER_SIGNATURE * (charged - 1);
  }

  @Override
  public Optional<KeyUpdateError> checkInstallable() {
    if (keys.isEmpty()) {
      return Optional.of(KeyUpdateError.ZERO_LENGTH);
    }
    if (keys.size() > KEYS_MAX) {
      return Optional.of(KeyUpdateError.TOO_MANY_KEYS);
    }
    return checkWeights();
  }

  private Optional<KeyUpdateError> checkWeights() {
    Set<PublicKey> seen = new HashSet<>();
    long sum = 0;
    for (WeightedKey member : keys) {
      if (member.weight() == 0) {
        return Optional.of(KeyUpdateError.ZERO_KEY_WEIGHT);
      }
      if (!seen.add(member.key())) {
        return Optional.of(KeyUpdateError.DUPLICATED_KEY);
      }
      sum += member.weight();
      if (Long.compareUnsigned(sum, member.weight()) < 0) {
        return Optional.of(KeyUpdateError.WEIGHTED_SUM_OVERFLOW);
      }
    }
    return Long.compareUnsigned(sum, threshold) < 0
        ? Optional.of(KeyUpdateError.UNSATISFIABLE_THRESHOLD)
        : Optional.empty();
  }
}
