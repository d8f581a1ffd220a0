package dev.klay.crypto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The targets of this module in a plain build; {@link Fuzzing} drives them for longer. */
class CryptoFuzzTest {
  @ParameterizedTest
  @EnumSource(CryptoTargets.class)
  void whatIsValidIsAccepted(CryptoTargets target) {
    assertThat(FuzzCheck.seeds(target)).isNotEmpty().allMatch(seed -> FuzzCheck.run(target, seed));
  }

  @Property(tries = 1000)
  void noBytesDoMoreThanBeingRefused(@ForAll CryptoTargets target, @ForAll byte[] input) {
    FuzzCheck.run(target, input);
  }

  @Property(tries = 1500)
  void noChangeOfWhatIsValidDoesMore(@ForAll CryptoTargets target, @ForAll long seed) {
    FuzzCheck.runChanged(target, seed);
  }
}
