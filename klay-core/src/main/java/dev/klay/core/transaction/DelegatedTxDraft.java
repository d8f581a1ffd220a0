package dev.klay.core.transaction;

import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.secp256k1.PrivateKey;

/**
 * A transaction whose fee somebody else pays, wholly or in part; nobody signed it yet. The sender
 * need not know who will pay.
 */
public final class DelegatedTxDraft<T extends KlaytnTx> {
  private final T tx;

  DelegatedTxDraft(T tx) {
    this.tx = tx;
  }

  /** The transaction without signatures. */
  public T build() {
    return tx;
  }

  /** Signs by one or several keys of the sender's account; a fee payer has to sign next. */
  public PartialTx signAsSender(long chainId, PrivateKey key, PrivateKey... more) {
    return unsigned().sign(chainId, PartialTx.list(key, more));
  }

  /** Signs by all keys that the sender's keystore has for this kind of transaction. */
  public PartialTx signAsSender(long chainId, UnlockedKeystore keystore) {
    return unsigned().sign(chainId, keystore);
  }

  /** To be signed by the fee payer first. */
  public PartialTx unsigned() {
    return PartialTx.of(tx);
  }
}
