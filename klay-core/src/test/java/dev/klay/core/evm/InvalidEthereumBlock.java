package dev.klay.core.evm;

/** Why a block of Ethereum's public tests is refused. */
final class InvalidEthereumBlock extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidEthereumBlock(String rule) {
    super(rule);
  }
}
