package dev.klay.core.config;

/**
 * How a reward is shared, in percent: validators, first fund, second fund.
 *
 * @param proposer and the other two: 0 to 100, 100 together
 */
public record RewardRatio(int proposer, int firstFund, int secondFund) {
  public RewardRatio {
    if (proposer < 0 || firstFund < 0 || secondFund < 0) {
      throw new InvalidGenesisException("a reward ratio has no negative part");
    }
    if (proposer + firstFund + secondFund != 100) {
      throw new InvalidGenesisException(
          "a reward ratio sums to 100: " + proposer + "/" + firstFund + "/" + secondFund);
    }
  }

  /** Three integers, such as {@code 34/54/12}. */
  public static RewardRatio parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      if (parts.length == 3) {
        return new RewardRatio(
            Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
      }
    } catch (NumberFormatException e) {
      throw new InvalidGenesisException("a reward ratio is like 34/54/12, not " + text, e);
    }
    throw new InvalidGenesisException("a reward ratio is like 34/54/12, not " + text);
  }

  @Override
  public String toString() {
    return proposer + "/" + firstFund + "/" + secondFund;
  }
}
