package dev.klay.core.storage;

import dev.klay.core.block.Header;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.trie.Trie;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a store holds at one moment, as a value: keeping it takes nothing but the reference, and
 * any number of chains can go on from it, each in its own direction. They share what they have in
 * common.
 */
public final class ChainContent {
  private static final ChainContent EMPTY =
      new ChainContent(
          PersistentList.empty(),
          PersistentList.empty(),
          lookup(),
          lookup(),
          lookup(),
          lookup(),
          List.of());

  private final PersistentList<StoredBlock> blocks;
  private final PersistentList<WorldState> states;
  private final Trie<Long> numbers;
  private final Trie<TxLocation> transactions;
  private final Trie<TxLocation> senderTransactions;
  private final Trie<PersistentList<TxLocation>> byAccount;
  private final List<Long> ballots;

  private ChainContent(
      PersistentList<StoredBlock> blocks,
      PersistentList<WorldState> states,
      Trie<Long> numbers,
      Trie<TxLocation> transactions,
      Trie<TxLocation> senderTransactions,
      Trie<PersistentList<TxLocation>> byAccount,
      List<Long> ballots) {
    this.blocks = blocks;
    this.states = states;
    this.numbers = numbers;
    this.transactions = transactions;
    this.senderTransactions = senderTransactions;
    this.byAccount = byAccount;
    this.ballots = ballots;
  }

  /** No block, not even a genesis. */
  public static ChainContent empty() {
    return EMPTY;
  }

  /** A trie as an immutable map from hashes; nobody asks for its root. */
  private static <V> Trie<V> lookup() {
    return Trie.empty(
        value -> {
          throw new AssertionError("a lookup table has no root hash");
        });
  }

  /**
   * This content and one more block.
   *
   * @param statesMax how many states are kept
   */
  ChainContent append(StoredBlock stored, WorldState state, int statesMax) {
    int number = blocks.size();
    if (stored.block().number() != number) {
      throw new IllegalArgumentException(
          "block " + stored.block().number() + " does not follow " + (number - 1));
    }
    PersistentList<WorldState> keptStates = states.append(state);
    if (number >= statesMax) {
      keptStates = keptStates.without(number - statesMax);
    }
    Trie<TxLocation> byHash = transactions;
    Trie<TxLocation> bySenderHash = senderTransactions;
    Trie<PersistentList<TxLocation>> accounts = byAccount;
    for (int i = 0; i < stored.executed().size(); i++) {
      TxOutcome.Executed executed = stored.executed().get(i);
      SignedTx tx = executed.transaction();
      TxLocation location = new TxLocation(number, i);
      byHash = byHash.put(tx.hash(), location);
      if (tx.feePayer().isPresent()) {
        bySenderHash = bySenderHash.put(tx.senderTxHash(), location);
      }
      for (Address account : involved(executed)) {
        Hash key = account.keccak();
        PersistentList<TxLocation> list = accounts.get(key).orElseGet(PersistentList::empty);
        accounts = accounts.put(key, list.append(location));
      }
    }
    return new ChainContent(
        blocks.append(stored),
        keptStates,
        numbers.put(stored.block().hash(), (long) number),
        byHash,
        bySenderHash,
        accounts,
        withBallot(stored.block().header()));
  }

  private static Set<Address> involved(TxOutcome.Executed executed) {
    SignedTx tx = executed.transaction();
    Set<Address> involved = new LinkedHashSet<>();
    involved.add(tx.sender());
    tx.tx().to().ifPresent(involved::add);
    executed.contract().ifPresent(involved::add);
    tx.feePayer().ifPresent(involved::add);
    return involved;
  }

  private List<Long> withBallot(Header header) {
    if (header.vote().isEmpty() && header.governance().isEmpty()) {
      return ballots;
    }
    List<Long> more = new ArrayList<>(ballots);
    more.add(header.number());
    return List.copyOf(more);
  }

  /** The same blocks, with another state behind the last one. */
  ChainContent withLastState(WorldState state) {
    return new ChainContent(
        blocks,
        states.with(states.size() - 1, state),
        numbers,
        transactions,
        senderTransactions,
        byAccount,
        ballots);
  }

  /** The number of the last block, -1 while there is none. */
  public long lastNumber() {
    return blocks.size() - 1L;
  }

  Optional<StoredBlock> block(long number) {
    return number < 0 || number >= blocks.size()
        ? Optional.empty()
        : Optional.ofNullable(blocks.get((int) number));
  }

  Optional<WorldState> state(long number) {
    return number < 0 || number >= states.size()
        ? Optional.empty()
        : Optional.ofNullable(states.get((int) number));
  }

  Optional<Long> numberOf(Hash blockHash) {
    return numbers.get(blockHash);
  }

  Optional<TxLocation> transaction(Hash txHash) {
    return transactions.get(txHash);
  }

  Optional<TxLocation> senderTransaction(Hash senderTxHash) {
    return senderTransactions.get(senderTxHash).or(() -> transaction(senderTxHash));
  }

  List<TxLocation> transactionsOf(Address account, Optional<TxLocation> before, int limit) {
    PersistentList<TxLocation> all =
        byAccount.get(account.keccak()).orElseGet(PersistentList::empty);
    List<TxLocation> found = new ArrayList<>();
    int end = before.map(place -> firstNotBefore(all, place)).orElse(all.size());
    for (int i = end - 1; i >= 0 && found.size() < limit; i--) {
      found.add(at(all, i));
    }
    return found;
  }

  /** Index of the first location at or behind the place: they ascend. */
  private static int firstNotBefore(PersistentList<TxLocation> all, TxLocation place) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(all, middle).compareTo(place) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static TxLocation at(PersistentList<TxLocation> all, int index) {
    return Optional.ofNullable(all.get(index)).orElseThrow();
  }

  List<Long> ballots() {
    return ballots;
  }
}
