package dev.klay.client.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.fuzz.FuzzCheck;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The targets of this module in a plain build. */
class ClientFuzzTest {
  @ParameterizedTest
  @EnumSource(ClientTargets.class)
  void whatIsValidIsAccepted(ClientTargets target) {
    assertThat(FuzzCheck.seeds(target)).isNotEmpty().allMatch(seed -> FuzzCheck.run(target, seed));
  }

  @Property(tries = 1000)
  void noBytesDoMoreThanBeingRefused(@ForAll ClientTargets target, @ForAll byte[] input) {
    FuzzCheck.run(target, input);
  }

  @Property(tries = 1500)
  void noChangeOfWhatIsValidDoesMore(@ForAll ClientTargets target, @ForAll long seed) {
    FuzzCheck.runChanged(target, seed);
  }
}
