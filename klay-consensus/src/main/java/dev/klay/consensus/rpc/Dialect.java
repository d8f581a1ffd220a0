package dev.klay.consensus.rpc;

/** In whose words and shapes a chain is shown. */
public enum Dialect {
  /** Ethereum's tools. What is not there is null. */
  ETH,
  /** Klaytn's tools. A block that is not there is an error. */
  KLAY;

  /** The full name of a method. */
  public String name(String method) {
    return (this == ETH ? "eth_" : "klay_") + method;
  }
}
