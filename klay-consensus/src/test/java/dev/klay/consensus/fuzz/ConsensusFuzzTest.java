package dev.klay.consensus.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.rpc.RpcTargets;
import dev.klay.consensus.transport.tcp.HandshakeTargets;
import dev.klay.consensus.wal.LedgerTargets;
import dev.klay.consensus.wire.WireTargets;
import dev.klay.crypto.fuzz.FuzzCheck;
import dev.klay.crypto.fuzz.FuzzTarget;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The targets of this module in a plain build. */
class ConsensusFuzzTest {
  private static final List<FuzzTarget> TARGETS =
      Stream.<FuzzTarget[]>of(
              WireTargets.values(),
              HandshakeTargets.values(),
              LedgerTargets.values(),
              RpcTargets.values())
          .flatMap(Arrays::stream)
          .toList();

  static List<FuzzTarget> all() {
    return TARGETS;
  }

  @Provide
  Arbitrary<FuzzTarget> targets() {
    return Arbitraries.of(TARGETS);
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsValidIsAccepted(FuzzTarget target) {
    assertThat(FuzzCheck.seeds(target)).isNotEmpty().allMatch(seed -> FuzzCheck.run(target, seed));
  }

  @Property(tries = 1000)
  void noBytesDoMoreThanBeingRefused(@ForAll("targets") FuzzTarget target, @ForAll byte[] input) {
    FuzzCheck.run(target, input);
  }

  @Property(tries = 1500)
  void noChangeOfWhatIsValidDoesMore(@ForAll("targets") FuzzTarget target, @ForAll long seed) {
    FuzzCheck.runChanged(target, seed);
  }
}
