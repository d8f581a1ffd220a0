package dev.klay.consensus.node;

import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.List;

/** Hears what peers say of transactions. Called by the node's thread. */
@FunctionalInterface
public interface PeerTransactions {
  /** The peer sent these. */
  void received(Address from, List<SignedTx> transactions);

  /** The peer has transactions of these hashes. */
  default void announced(Address from, List<Hash> hashes) {}

  /** The peer wants transactions of these hashes. */
  default void asked(Address from, List<Hash> hashes) {}
}
