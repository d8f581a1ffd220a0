package dev.klay.core.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.fuzz.FuzzCheck;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of a store that somebody wrote into: right answers or a typed refusal. */
class StoreFuzzTest {
  @ParameterizedTest
  @EnumSource(StoreTargets.class)
  void whatIsValidIsAccepted(StoreTargets target) {
    assertThat(FuzzCheck.seeds(target)).isNotEmpty().allMatch(seed -> FuzzCheck.run(target, seed));
  }

  @Property(tries = 500)
  void noBytesDoMoreThanBeingRefused(@ForAll StoreTargets target, @ForAll byte[] input) {
    FuzzCheck.run(target, input);
  }

  @Property(tries = 1000)
  void noChangeOfWhatIsValidDoesMore(@ForAll StoreTargets target, @ForAll long seed) {
    FuzzCheck.runChanged(target, seed);
  }
}
