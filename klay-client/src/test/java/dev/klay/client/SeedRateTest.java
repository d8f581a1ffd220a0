package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.klay.consensus.Cheats;
import dev.klay.core.explorer.Window;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The row of SEED.md about the rate that the explorer of 2018 showed. */
class SeedRateTest {
  /** S12. */
  @Tag("S12")
  @Test
  void theExplorerSeesFortyFiveTransactionsASecondAndThenNone() {
    try (KlayChain own = KlayChain.inMemory()) {
      Cheats cheats = own.cheats();
      Address shop = own.account(9).address();
      cheats.automine(false);
      cheats.mine();
      Instant time = own.network().explorer().latestBlocks(1).get(0).time();
      for (int second = 1; second <= 60; second++) {
        for (int i = 0; i < 45; i++) {
          own.account(i % 9).submit(shop, Amount.peb(1), FeeLimit.NONE);
        }
        cheats.setNextBlockTimestamp(time.plusSeconds(second));
        cheats.mine();
      }
      assertThat(own.network().explorer().tps(Window.minutes(1))).isCloseTo(45, within(1.0));
      cheats.mine(61, Duration.ofSeconds(1));
      assertThat(own.network().explorer().tps(Window.minutes(1))).isZero();
    }
  }
}
