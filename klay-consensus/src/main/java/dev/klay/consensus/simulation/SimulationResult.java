package dev.klay.consensus.simulation;

import java.util.List;

/**
 * What a run gave.
 *
 * @param blocks decided heights
 * @param digest over all that happened
 * @param events steps of the event loop
 * @param last the last events as text, where they were kept
 */
public record SimulationResult(
    SimulationPlan plan,
    long blocks,
    List<Violation> violations,
    long digest,
    Coverage coverage,
    long virtualMillis,
    long events,
    List<String> last) {
  public boolean isClean() {
    return violations.isEmpty();
  }

  /** All that is needed to see it again. */
  public String report(String tests) {
    return String.join(
        System.lineSeparator(),
        "seed " + plan.seed() + " breaks " + violations,
        "plan: " + plan,
        "digest: "
            + Long.toHexString(digest)
            + " after "
            + virtualMillis
            + " ms, "
            + events
            + " events",
        "last events:",
        String.join(System.lineSeparator(), last),
        "replay: mvn test -pl klay-consensus -am -Dgroups=simulation -Dtest="
            + tests
            + " -Dklay.seedBase="
            + plan.seed()
            + " -Dklay.seeds=1");
  }
}
