package dev.klay.core.config;

/**
 * How the validators' part of a reward is shared from Kore on, in percent (KIP-82).
 *
 * @param proposer and stakers: 0 to 100, 100 together
 */
public record StakingRatio(int proposer, int stakers) {
  public StakingRatio {
    if (proposer < 0 || stakers < 0 || proposer + stakers != 100) {
      throw new InvalidGenesisException("a KIP-82 ratio sums to 100: " + proposer + "/" + stakers);
    }
  }

  /** Two integers, such as {@code 20/80}. */
  public static StakingRatio parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      if (parts.length == 2) {
        return new StakingRatio(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
      }
    } catch (NumberFormatException e) {
      throw new InvalidGenesisException("a KIP-82 ratio is like 20/80, not " + text, e);
    }
    throw new InvalidGenesisException("a KIP-82 ratio is like 20/80, not " + text);
  }

  @Override
  public String toString() {
    return proposer + "/" + stakers;
  }
}
