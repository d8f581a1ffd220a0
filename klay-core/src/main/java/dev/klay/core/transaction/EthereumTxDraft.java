package dev.klay.core.transaction;

import dev.klay.crypto.secp256k1.PrivateKey;

/**
 * One of Ethereum's transactions before its one signature. The sender is the account of the key.
 */
public final class EthereumTxDraft {
  private final Tx tx;

  EthereumTxDraft(Tx tx) {
    this.tx = tx;
  }

  /** The transaction without signature; Ethereum's typed ones without chain id, too. */
  public Tx build() {
    return tx;
  }

  public SignedTx sign(long chainId, PrivateKey key) {
    return SignedTx.sign(tx, chainId, key);
  }
}
