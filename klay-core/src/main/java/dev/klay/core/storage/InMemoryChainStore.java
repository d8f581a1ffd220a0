package dev.klay.core.storage;

import dev.klay.core.block.Header;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every block in the heap, and the states of the last so many. States share what they have in
 * common, so a kept one costs what its block changed.
 */
public final class InMemoryChainStore implements ChainStore {
  /** States kept unless told otherwise. */
  public static final int STATES_DEFAULT = 4096;

  private final int statesMax;
  private final Map<Long, StoredBlock> blocks = new ConcurrentHashMap<>();
  private final Map<Hash, Long> numbers = new ConcurrentHashMap<>();
  private final Map<Hash, TxLocation> transactions = new ConcurrentHashMap<>();
  private final Map<Hash, TxLocation> senderTransactions = new ConcurrentHashMap<>();
  private final Map<Address, List<TxLocation>> byAccount = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, WorldState> states = new ConcurrentSkipListMap<>();
  private final List<Long> ballots = new CopyOnWriteArrayList<>();
  private volatile long last = -1;

  public InMemoryChainStore() {
    this(STATES_DEFAULT);
  }

  /**
   * A store that keeps the states of the last blocks.
   *
   * @param statesMax how many, at least one
   */
  public InMemoryChainStore(int statesMax) {
    if (statesMax < 1) {
      throw new IllegalArgumentException("at least one state is kept, not " + statesMax);
    }
    this.statesMax = statesMax;
  }

  @Override
  public void append(StoredBlock stored, WorldState state) {
    long number = stored.block().number();
    if (number != last + 1) {
      throw new IllegalArgumentException("block " + number + " does not follow " + last);
    }
    blocks.put(number, stored);
    numbers.put(stored.block().hash(), number);
    states.put(number, state);
    if (number >= statesMax) {
      states.remove(number - statesMax);
    }
    for (int i = 0; i < stored.executed().size(); i++) {
      index(stored.executed().get(i), new TxLocation(number, i));
    }
    Header header = stored.block().header();
    if (!header.vote().isEmpty() || !header.governance().isEmpty()) {
      ballots.add(number);
    }
    last = number;
  }

  private void index(TxOutcome.Executed executed, TxLocation location) {
    SignedTx tx = executed.transaction();
    transactions.put(tx.hash(), location);
    if (tx.feePayer().isPresent()) {
      senderTransactions.put(tx.senderTxHash(), location);
    }
    Set<Address> involved = new LinkedHashSet<>();
    involved.add(tx.sender());
    tx.tx().to().ifPresent(involved::add);
    executed.contract().ifPresent(involved::add);
    tx.feePayer().ifPresent(involved::add);
    for (Address account : involved) {
      List<TxLocation> list =
          byAccount.computeIfAbsent(account, a -> Collections.synchronizedList(new ArrayList<>(1)));
      list.add(location);
    }
  }

  @Override
  public long lastNumber() {
    return last;
  }

  @Override
  public Optional<StoredBlock> block(long number) {
    return number > last ? Optional.empty() : Optional.ofNullable(blocks.get(number));
  }

  @Override
  public Optional<Long> numberOf(Hash blockHash) {
    return Optional.ofNullable(numbers.get(blockHash)).filter(number -> number <= last);
  }

  @Override
  public Optional<TxLocation> transaction(Hash txHash) {
    return visible(transactions.get(txHash));
  }

  @Override
  public Optional<TxLocation> senderTransaction(Hash senderTxHash) {
    Optional<TxLocation> found = visible(senderTransactions.get(senderTxHash));
    return found.isPresent() ? found : transaction(senderTxHash);
  }

  private Optional<TxLocation> visible(@Nullable TxLocation location) {
    return Optional.ofNullable(location).filter(l -> l.blockNumber() <= last);
  }

  @Override
  public Optional<WorldState> state(long number) {
    return number > last ? Optional.empty() : Optional.ofNullable(states.get(number));
  }

  @Override
  public List<TxLocation> transactionsOf(Address account, Optional<TxLocation> before, int limit) {
    List<TxLocation> all = byAccount.get(account);
    if (all == null) {
      return List.of();
    }
    TxLocation end = before.orElse(new TxLocation(last + 1, 0));
    List<TxLocation> found = new ArrayList<>();
    synchronized (all) {
      int place = Collections.binarySearch(all, end);
      int from = (place < 0 ? -place - 1 : place) - 1;
      for (int i = from; i >= 0 && found.size() < limit; i--) {
        found.add(all.get(i));
      }
    }
    return found;
  }

  @Override
  public List<Long> ballots() {
    return List.copyOf(ballots);
  }

  /** Nothing is held but the heap. */
  @Override
  public void close() {}
}
