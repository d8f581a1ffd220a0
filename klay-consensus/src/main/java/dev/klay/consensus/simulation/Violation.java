package dev.klay.consensus.simulation;

/**
 * A promise that did not hold.
 *
 * @param invariant I1 to I15 of {@code consensus.md} section 17
 * @param atMillis virtual time
 */
public record Violation(String invariant, long atMillis, String detail) {
  @Override
  public String toString() {
    return invariant + " at " + atMillis + " ms: " + detail;
  }
}
