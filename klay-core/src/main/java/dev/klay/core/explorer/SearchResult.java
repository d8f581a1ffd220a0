package dev.klay.core.explorer;

import dev.klay.core.account.Account;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.TxView;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Optional;

/** What a search text stands for. */
public sealed interface SearchResult {
  /** A height or a block hash. */
  record OfBlock(BlockView block) implements SearchResult {}

  /** A transaction's hash. */
  record OfTransaction(TxView transaction) implements SearchResult {}

  /**
   * A token's symbol.
   *
   * @param symbol as its contracts answer
   * @param contracts that call themselves so, the partners' own token first. Anybody can name a
   *     token as they like: show the address, too
   */
  record OfToken(String symbol, List<Address> contracts) implements SearchResult {
    public OfToken {
      contracts = List.copyOf(contracts);
    }
  }

  /**
   * An address.
   *
   * @param account empty if nothing ever happened to it
   */
  record OfAccount(Address address, Optional<Account> account) implements SearchResult {}
}
