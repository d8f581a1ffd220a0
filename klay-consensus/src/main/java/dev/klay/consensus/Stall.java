package dev.klay.consensus;

import dev.klay.crypto.primitive.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A height that stays open though there is something to decide ({@code consensus.md} section 10.6):
 * what one node knows of why, so that an operator sees who is away or behind.
 *
 * @param height that is open
 * @param round in which it is
 * @param open how long the height has had something to decide, when this was told
 * @param validators of the height, in ascending order of their addresses
 */
public record Stall(long height, int round, Duration open, List<View> validators) {
  public Stall {
    validators = List.copyOf(validators);
  }

  /**
   * What is known of one validator.
   *
   * @param connected whether there is a link to it; always true of the node itself
   * @param height that it was last seen to decide, 0 if it was never seen
   * @param round in which it was last seen there
   * @param clockOffset how far its clock is ahead of the one here; empty if it never told
   */
  public record View(
      Address validator,
      boolean connected,
      long height,
      int round,
      Optional<Duration> clockOffset) {
    @Override
    public String toString() {
      String seen = height == 0 ? "never seen" : "at " + height + "/" + round;
      String clock = clockOffset.map(offset -> ", clock " + offset.toMillis() + " ms").orElse("");
      return validator + (connected ? " " : " away, ") + seen + clock;
    }
  }
}
