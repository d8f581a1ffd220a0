package dev.klay.crypto.bls12381;

import java.util.ArrayList;
import java.util.List;

/**
 * A point of G2 with the lines of its Miller loop worked out, for points that are paired again and
 * again: about 50 kB that save half of the loop. Immutable.
 */
public final class PreparedG2 {
  final boolean infinity;
  final List<Line> lines;

  private PreparedG2(boolean infinity, List<Line> lines) {
    this.infinity = infinity;
    this.lines = lines;
  }

  /**
   * Works out the lines of a point.
   *
   * @throws InvalidPointException if it is outside the subgroup
   */
  public static PreparedG2 of(G2 point) {
    point.ensureInSubgroup();
    List<Line> lines = new ArrayList<>();
    if (!point.isInfinity()) {
      new MillerPoint(point.point.toAffine()).forEachRemaining(lines::add);
    }
    return new PreparedG2(point.isInfinity(), List.copyOf(lines));
  }
}
