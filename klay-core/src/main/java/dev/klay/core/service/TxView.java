package dev.klay.core.service;

import dev.klay.core.transaction.SignedTx;
import java.util.Optional;

/**
 * A transaction that the chain or its pool knows.
 *
 * @param receipt empty while it waits for a block
 */
public record TxView(SignedTx transaction, Optional<Receipt> receipt) {
  public boolean isPending() {
    return receipt.isEmpty();
  }
}
