package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong();
  private final RateLimit rate = new RateLimit(100, 200, now::get);

  private int taken(String address) {
    int taken = 0;
    while (rate.tryTake(address, 1)) {
      taken++;
    }
    return taken;
  }

  @Test
  void anAddressMayAskForABurstAndThenForSoMuchASecond() {
    assertThat(taken("a")).isEqualTo(200);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    assertThat(taken("a")).isEqualTo(50);
    now.addAndGet(TimeUnit.HOURS.toNanos(1));
    assertThat(taken("a")).isEqualTo(200);
  }

  @Test
  void oneAddressDoesNotCostAnother() {
    assertThat(taken("a")).isEqualTo(200);
    assertThat(taken("b")).isEqualTo(200);
  }
}
