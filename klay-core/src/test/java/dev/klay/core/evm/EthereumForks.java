package dev.klay.core.evm;

import java.util.Optional;

/** Forks by the names that Ethereum's public tests have for them, where those are not ours. */
final class EthereumForks {
  private EthereumForks() {}

  static Optional<EvmRules> rules(String fork) {
    return EthereumRules.byName(
        switch (fork) {
          case "EIP150" -> "Tangerine Whistle";
          case "EIP158" -> "Spurious Dragon";
          case "ConstantinopleFix" -> "Petersburg";
          default -> fork;
        });
  }
}
