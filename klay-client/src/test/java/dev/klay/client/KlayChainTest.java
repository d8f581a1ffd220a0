package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.Cheats;
import dev.klay.consensus.Snapshot;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains for development, and their forks. */
class KlayChainTest {
  private static final Amount ONE = Amount.klay(1);

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void neitherAChainNorItsForkSeesWhatTheOtherDoes(int validators) {
    ChainSpec spec = ChainSpec.development().withValidators(validators);
    try (KlayChain chain = KlayChain.of(spec, 0)) {
      Address bob = chain.account(1).address();
      Amount before = chain.client().balance(bob);
      chain.account(0).send(bob, ONE);
      try (KlayChain fork = chain.fork()) {
        chain.account(0).send(bob, ONE); // before the fork is used for the first time
        assertThat(fork.client().height()).isEqualTo(1);
        fork.account(0).send(bob, Amount.klay(5));
        assertThat(fork.client().balance(bob)).isEqualTo(before.plus(Amount.klay(6)));
        assertThat(chain.client().balance(bob)).isEqualTo(before.plus(Amount.klay(2)));
        assertThat(fork.client().info().genesisHash())
            .isEqualTo(chain.client().info().genesisHash());
      }
    }
  }

  @Test
  void aForkHasTheTimeTheWaitingTransactionsAndTheAdjustmentsOfItsMoment() {
    Address somebody = Address.parse("0x00000000000000000000000000000000000c0ffe");
    try (KlayChain chain = KlayChain.inMemory()) {
      Cheats cheats = chain.cheats();
      cheats.clock().advance(Duration.ofDays(30));
      cheats.setBalance(somebody, Amount.klay(7));
      cheats.setCoinbase(somebody);
      cheats.automine(false);
      chain.account(0).submit(chain.account(1).address(), ONE, FeeLimit.NONE);
      try (KlayChain fork = chain.fork()) {
        assertThat(Duration.between(fork.clock().instant(), chain.clock().instant()).abs())
            .isLessThan(Duration.ofDays(1));
        fork.network().awaitHeight(2); // it makes blocks by itself, as every chain that starts
        assertThat(fork.account(0).nonce()).isEqualTo(1);
        assertThat(fork.client().balance(somebody)).isGreaterThan(Amount.klay(7)); // the reward
        assertThat(chain.account(0).nonce()).isZero();
      }
    }
  }

  @Test
  void aForkIsAValueUntilItIsUsed() {
    List<KlayChain> forks = new ArrayList<>();
    try (KlayChain chain = KlayChain.inMemory()) {
      chain.account(0).send(chain.account(1).address(), ONE);
      long threads = threads();
      KlayChain last = chain;
      for (int i = 0; i < 1_000; i++) {
        last = last.fork(); // of a fork that nobody has used
        forks.add(last);
      }
      assertThat(threads()).isLessThanOrEqualTo(threads);
      assertThat(last.client().height()).isEqualTo(1);
      Snapshot moment = last.snapshot();
      last.account(0).send(last.account(1).address(), ONE);
      last.restore(moment);
      assertThat(last.client().height()).isEqualTo(1);
    } finally {
      forks.forEach(KlayChain::close);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("klay-"))
        .count();
  }

  @Test
  void aForkLivesOnWhenItsChainIsClosedAndIsOfNoUseOnceItIsClosedItself() {
    KlayChain chain = KlayChain.inMemory();
    KlayChain fork = chain.fork();
    KlayChain never = chain.fork();
    chain.close();
    chain.close(); // takes no keys from the fork
    assertThat(fork.account(0).send(fork.account(1).address(), ONE).blockNumber()).isEqualTo(1);
    fork.close();
    never.close();
    assertThatThrownBy(never::client)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void theFundedAccountsAreThoseThatOtherToolsDeriveFromTheWords() {
    try (KlayChain chain = KlayChain.inMemory()) {
      assertThat(chain.account(0).address())
          .hasToString("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
      assertThat(chain.account(9).address())
          .hasToString("0xa0Ee7A142d267C1f36714E4a8F75612F20a79720");
    }
  }
}
