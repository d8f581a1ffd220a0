package dev.klay.client.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.primitive.Amount;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;

/** A network for each test, by rules of the class's own. */
@KlayTest(network = NetworkPer.METHOD, spec = NetworkPerMethodTest.Rules.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkPerMethodTest {
  static final class Rules implements Supplier<ChainSpec> {
    @Override
    public ChainSpec get() {
      return ChainSpec.development().withChainId(4242);
    }
  }

  private final Set<KlayNetwork> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  @RepeatedTest(3)
  void everyTestHasAnotherNetwork(KlayChain chain, @Funded Account alice, Account bob) {
    assertThat(chain.client().info().chainId()).isEqualTo(4242);
    assertThat(seen.add(chain.network())).isTrue();
    assertThat(alice.send(bob.address(), Amount.klay(1)).blockNumber()).isEqualTo(1);
  }
}
