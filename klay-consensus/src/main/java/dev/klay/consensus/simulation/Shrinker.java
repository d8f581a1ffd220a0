package dev.klay.consensus.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing plan smaller while it still fails: fewer faults, less time, fewer nodes. */
public final class Shrinker {
  private static final int RUNS_MAX = 200;

  private final Predicate<SimulationPlan> fails;
  private int runs;

  /**
   * A shrinker.
   *
   * @param fails whether a plan still shows what is looked for
   */
  public Shrinker(Predicate<SimulationPlan> fails) {
    this.fails = fails;
  }

  /** The smallest plan found that still fails, the same if none is smaller. */
  public SimulationPlan shrink(SimulationPlan failing) {
    SimulationPlan best = failing;
    for (int size = Math.max(1, best.faults().size() / 2); size >= 1; size /= 2) {
      best = withoutChunks(best, size);
    }
    if (best.rangers() > 0) {
      best = better(best, best.shortened(best.safetyMillis(), 0));
    }
    for (long time = best.safetyMillis() / 2; time >= 500; time /= 2) {
      best = better(best, best.shortened(time, best.rangers()));
    }
    return best;
  }

  private SimulationPlan withoutChunks(SimulationPlan plan, int size) {
    SimulationPlan best = plan;
    for (int from = 0; from < best.faults().size(); ) {
      List<PlannedFault> fewer = new ArrayList<>(best.faults());
      fewer.subList(from, Math.min(fewer.size(), from + size)).clear();
      SimulationPlan smaller = better(best, best.with(fewer));
      if (smaller.equals(best)) {
        from += size;
      }
      best = smaller;
    }
    return best;
  }

  private SimulationPlan better(SimulationPlan best, SimulationPlan candidate) {
    return runs++ < RUNS_MAX && fails.test(candidate) ? candidate : best;
  }
}
