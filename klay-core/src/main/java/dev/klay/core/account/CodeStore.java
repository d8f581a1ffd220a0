package dev.klay.core.account;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;

/** Keeps code by its hash, for ever; accounts with equal code share it. */
public interface CodeStore {
  /** Keeps the code unless it is there already. */
  void save(Code code);

  /**
   * The code with this hash.
   *
   * @throws dev.klay.crypto.KlayException if it cannot be read or is damaged
   */
  Bytes load(Hash hash);
}
