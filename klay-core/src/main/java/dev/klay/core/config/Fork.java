package dev.klay.core.config;

/**
 * Klaytn's hard forks in the order they must come ({@code klaytn-evm.md} section 1). A chain
 * without any is at Klaytn's first rules, a Constantinople EVM.
 */
public enum Fork {
  ISTANBUL("istanbulCompatibleBlock"),
  LONDON("londonCompatibleBlock"),
  ETH_TX_TYPE("ethTxTypeCompatibleBlock"),
  MAGMA("magmaCompatibleBlock"),
  KORE("koreCompatibleBlock"),
  SHANGHAI("shanghaiCompatibleBlock"),
  CANCUN("cancunCompatibleBlock"),
  /** Optional: later forks do not need it. */
  RANDAO("randaoCompatibleBlock"),
  KAIA("kaiaCompatibleBlock"),
  PRAGUE("pragueCompatibleBlock"),
  OSAKA("osakaCompatibleBlock");

  private final String configKey;

  Fork(String configKey) {
    this.configKey = configKey;
  }

  /** The field of a genesis file's {@code config} that holds its first block. */
  public String configKey() {
    return configKey;
  }
}
