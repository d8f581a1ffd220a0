package dev.klay.core.explorer;

import java.time.Duration;

/** A stretch of chain time that ends with the last block. */
public record Window(Duration length) {
  public Window {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("a window is longer than nothing: " + length);
    }
  }

  public static Window seconds(long seconds) {
    return new Window(Duration.ofSeconds(seconds));
  }

  public static Window minutes(long minutes) {
    return new Window(Duration.ofMinutes(minutes));
  }
}
