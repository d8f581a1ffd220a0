package dev.klay.core.istanbul;

import java.util.ArrayList;
import java.util.List;

/**
 * How often each validator proposes before Kore, by its stake ({@code klaytn-consensus.md} section
 * 7). Klaytn computes in IEEE doubles, and so does this; from Kore on every weight is 0.
 */
public final class ProposerWeights {
  private ProposerWeights() {}

  /**
   * The weights in percent, at least 1 each; all 0 where nobody has a stake.
   *
   * @param stakesKlay of the validators in their order, those with one reward address merged
   * @param useGini whether large stakes count less than in proportion
   */
  public static List<Integer> ofStakes(List<Long> stakesKlay, boolean useGini) {
    double exponent = useGini ? 1 / (1 + gini(stakesKlay)) : 1;
    List<Double> stakes = new ArrayList<>();
    double sum = 0;
    for (long stake : stakesKlay) {
      double counted = useGini ? Math.round(StrictMath.pow(stake, exponent)) : stake;
      stakes.add(counted);
      sum += counted;
    }
    List<Integer> weights = new ArrayList<>();
    for (double stake : stakes) {
      weights.add(sum > 0 ? (int) Math.max(1, Math.round(stake * 100 / sum)) : 0);
    }
    return weights;
  }

  /** Gini's coefficient of the stakes, rounded to hundredths; 0 if all are equal. */
  public static double gini(List<Long> stakesKlay) {
    List<Long> ascending = stakesKlay.stream().sorted().toList();
    double differences = 0;
    double sumBefore = 0;
    for (int i = 0; i < ascending.size(); i++) {
      differences += (double) ascending.get(i) * i - sumBefore;
      sumBefore += ascending.get(i);
    }
    if (sumBefore == 0) {
      return 0;
    }
    return Math.round(differences / sumBefore / ascending.size() * 100) / 100.0;
  }
}
