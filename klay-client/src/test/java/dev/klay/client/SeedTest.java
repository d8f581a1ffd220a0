package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.klay.consensus.Cheats;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.explorer.Window;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of SEED.md that nothing else shows. */
class SeedTest {
  /** S12. */
  @Test
  void theExplorerSeesFortyFiveTransactionsASecondAndThenNone() {
    try (KlayChain chain = KlayChain.inMemory()) {
      Cheats cheats = chain.cheats();
      Address shop = chain.account(9).address();
      cheats.automine(false);
      cheats.mine();
      Instant time = chain.network().explorer().latestBlocks(1).get(0).time();
      for (int second = 1; second <= 60; second++) {
        for (int i = 0; i < 45; i++) {
          chain.account(i % 9).submit(shop, Amount.peb(1), FeeLimit.NONE);
        }
        cheats.setNextBlockTimestamp(time.plusSeconds(second));
        cheats.mine();
      }
      assertThat(chain.network().explorer().tps(Window.minutes(1))).isCloseTo(45, within(1.0));
      cheats.mine(61, Duration.ofSeconds(1));
      assertThat(chain.network().explorer().tps(Window.minutes(1))).isZero();
    }
  }

  /** S36: another chain id over the balances of the old chain. */
  @Test
  void whatWasSignedForTheOldChainIsRefusedOnTheOneThatFollowsIt() {
    try (KlayChain old = KlayChain.inMemory()) {
      Account alice = old.account(0);
      Address bob = old.newAccount().address();
      Receipt signedForOld = alice.send(bob, Amount.klay(1));
      Amount left = old.client().balance(bob);
      ChainSpec next = ChainSpec.development().withChainId(8217).withAccounts(List.of(bob), left);
      try (KlayChain promoted = KlayChain.of(next, 0)) {
        assertThat(promoted.client().balance(bob)).isEqualTo(Amount.klay(1));
        assertThatThrownBy(() -> promoted.client().send(signedForOld.transaction()))
            .isInstanceOf(TransactionRejectedException.class);
        assertThat(promoted.account(0).nonce()).isZero();
        assertThat(promoted.account(0).send(bob, Amount.klay(1)).isSuccess()).isTrue();
      }
    }
  }
}
