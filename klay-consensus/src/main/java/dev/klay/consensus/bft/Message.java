package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;

/**
 * A signed message of the protocol. Whoever makes one from outside data has recovered {@link
 * #author()} from {@link #signature()}; the machine relies on it.
 */
public sealed interface Message permits Proposal, Prepare, Commit, RoundChange {
  long height();

  int round();

  /** Who signed. */
  Address author();

  /** 65 bytes r, s, recovery id, low s. */
  Bytes signature();
}
