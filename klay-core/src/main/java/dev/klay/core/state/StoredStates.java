package dev.klay.core.state;

import dev.klay.core.account.Account;
import dev.klay.core.account.AccountRecords;
import dev.klay.core.account.CodeStore;
import dev.klay.core.trie.NodeCache;
import dev.klay.core.trie.NodeReader;
import dev.klay.core.trie.NodeRef;
import dev.klay.core.trie.NodeWriting;
import dev.klay.core.trie.StoredTries;
import dev.klay.core.trie.Trie;
import java.util.Optional;

/** The states that one store keeps. An empty state has no place in it. */
public final class StoredStates {
  private final StoredTries<Account> tries;

  public StoredStates(NodeReader reader, NodeCache cache, CodeStore codes) {
    tries =
        new StoredTries<>(Account::encode, new AccountRecords(reader, cache, codes), reader, cache);
  }

  /** The state whose root is there; its accounts are loaded when they are needed. */
  public WorldState open(Optional<NodeRef> root) {
    return root.map(r -> new WorldState(tries.open(r))).orElse(WorldState.EMPTY);
  }

  /**
   * A state that is kept.
   *
   * @param state the same as before, but loaded from the store as needed
   * @param root where it is, empty without accounts
   */
  public record Saved(WorldState state, Optional<NodeRef> root) {}

  /** Writes what the store does not have yet of a state. */
  public Saved save(WorldState state, NodeWriting writing) {
    Trie<Account> saved = tries.save(state.accounts(), writing);
    return saved.isEmpty()
        ? new Saved(WorldState.EMPTY, Optional.empty())
        : new Saved(new WorldState(saved), Optional.of(tries.refOf(saved)));
  }
}
