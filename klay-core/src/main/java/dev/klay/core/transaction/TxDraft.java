package dev.klay.core.transaction;

import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.function.Function;

/**
 * One of Klaytn's transactions, complete but for who pays and who signs. Unless told otherwise the
 * sender pays.
 */
public final class TxDraft<T extends KlaytnTx> {
  private final Function<FeeDelegation, T> made;

  TxDraft(Function<FeeDelegation, T> made) {
    this.made = made;
  }

  /** The transaction without signatures, its fee paid by the sender. */
  public T build() {
    return made.apply(FeeDelegation.NONE);
  }

  /** Somebody else pays the whole fee. */
  public DelegatedTxDraft<T> feeDelegated() {
    return new DelegatedTxDraft<>(made.apply(FeeDelegation.FULL));
  }

  /**
   * Somebody else pays a part of the fee, rounded down; the sender pays the rest.
   *
   * @param percent 1 to 99
   * @throws IllegalArgumentException if it is not
   */
  public DelegatedTxDraft<T> feeDelegated(int percent) {
    return new DelegatedTxDraft<>(made.apply(FeeDelegation.ratio(percent)));
  }

  /** Signs by one or several keys of the sender's account, in this order. */
  public SignedTx sign(long chainId, PrivateKey key, PrivateKey... more) {
    return PartialTx.of(build()).sign(chainId, PartialTx.list(key, more)).complete();
  }

  /** Signs by all keys that the sender's keystore has for this kind of transaction. */
  public SignedTx sign(long chainId, UnlockedKeystore keystore) {
    return PartialTx.of(build()).sign(chainId, keystore).complete();
  }

  /** To be signed by parties that do not share their keys. */
  public PartialTx unsigned() {
    return PartialTx.of(build());
  }
}
