package dev.klay.core.evm;

import java.util.Set;

/**
 * The state tests that are not run, and why; forks before Istanbul and Kaia's Constantinople, which
 * Kaia skips, aside.
 */
final class StateTestSkips {
  /** Send value to precompiled contracts, which Klaytn reserves; Kaia skips them for that. */
  private static final Set<String> VALUE_TO_RESERVED =
      Set.of(
          "CallSha256_1_nonzeroValue",
          "CallIdentity_1_nonzeroValue",
          "CallEcrecover0_NoGas",
          "randomStatetest642",
          "randomStatetest644",
          "randomStatetest645",
          "static_CallIdentity_1_nonzeroValue",
          "static_CallSha256_1_nonzeroValue",
          "callNonConst",
          "modexpRandomInput");

  /** Hold wrong expectations by Kaia's account: bugs of the tests, a gas limit above 256 bits. */
  private static final Set<String> BROKEN =
      Set.of("OverflowGasRequire", "RevertPrecompiledTouch", "ecmul_0-3_5616_28000_96");

  private StateTestSkips() {}

  /**
   * Whether Kaia does not pass or run a test of its own port.
   *
   * @param file name in the archive
   */
  static boolean isSkippedByKaia(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1).replace(".json", "");
    return VALUE_TO_RESERVED.contains(name) || BROKEN.contains(name);
  }
}
