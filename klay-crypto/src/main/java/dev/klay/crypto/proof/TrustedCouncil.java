package dev.klay.crypto.proof;

import dev.klay.crypto.primitive.Address;
import java.util.List;

/**
 * The validators that somebody trusts to begin with: those of the genesis, or of a later epoch that
 * was verified before.
 *
 * @param epochStart the epoch block that fixed them, 0 for the genesis; they validate the heights
 *     behind it up to the next epoch block
 * @param epochLength blocks of an epoch, as the genesis says
 * @param validators in any order
 */
public record TrustedCouncil(long epochStart, long epochLength, List<Address> validators) {
  public TrustedCouncil {
    validators = List.copyOf(validators);
    if (epochLength < 1 || epochStart < 0 || epochStart % epochLength != 0) {
      throw new IllegalArgumentException(
          "no epoch of " + epochLength + " blocks starts at " + epochStart);
    }
    if (validators.isEmpty()) {
      throw new IllegalArgumentException("at least one validator is needed");
    }
  }

  /** The validators of a genesis. */
  public static TrustedCouncil ofGenesis(List<Address> validators, long epochLength) {
    return new TrustedCouncil(0, epochLength, validators);
  }

  /** The last height that these validate. */
  public long epochEnd() {
    return epochStart + epochLength;
  }

  /** Whether these validate the height. */
  public boolean covers(long height) {
    return height > epochStart && height <= epochEnd();
  }

  TrustedCouncil next(List<Address> nextValidators) {
    return new TrustedCouncil(epochEnd(), epochLength, nextValidators);
  }
}
