package dev.klay.client.junit;

import dev.klay.client.KlayChain;
import dev.klay.core.config.ChainSpec;
import java.time.Duration;
import org.junit.platform.commons.support.ReflectionSupport;

/** Which network a test class wants. */
record NetworkPlan(ChainSpec spec, int rangers) {
  static NetworkPlan of(KlayTest test) {
    ChainSpec spec = ReflectionSupport.newInstance(test.spec()).get();
    if (test.consensusNodes() != 1) {
      spec = spec.withValidators(test.consensusNodes());
    }
    if (test.blockMillis() != 0) {
      spec = spec.withBlockPeriod(Duration.ofMillis(test.blockMillis()));
    }
    return new NetworkPlan(spec, test.rangers());
  }

  KlayChain start() {
    return KlayChain.of(spec, rangers);
  }
}
