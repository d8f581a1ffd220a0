package dev.klay.core.explorer;

import dev.klay.core.account.Account;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.TxView;
import dev.klay.crypto.primitive.Address;
import java.util.Optional;

/** What a search text stands for. */
public sealed interface SearchResult {
  /** A height or a block hash. */
  record OfBlock(BlockView block) implements SearchResult {}

  /** A transaction's hash. */
  record OfTransaction(TxView transaction) implements SearchResult {}

  /**
   * An address.
   *
   * @param account empty if nothing ever happened to it
   */
  record OfAccount(Address address, Optional<Account> account) implements SearchResult {}
}
