package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.LogFilter;
import dev.klay.core.service.LogQueryTooWideException;
import dev.klay.core.service.LogView;
import dev.klay.core.transaction.SignedTx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Filters that clients poll. They belong to the node, not to a connection, because HTTP clients use
 * several; one that nobody asks for some minutes is gone. Safe for any thread.
 */
final class Filters implements AutoCloseable {
  /** Of all clients together. */
  private static final int ALL_MAX = 10_000;

  private static final long ABANDONED_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Transactions kept for one filter; older ones are lost. */
  private static final int TRANSACTIONS_MAX = 10_000;

  private final RpcChain chain;
  private final LongSupplier nanoClock;
  private final SubscriptionIds ids = new SubscriptionIds();
  private final Map<String, Filter> filters = new LinkedHashMap<>(16, 0.75f, true);
  private final Consumer<SignedTx> poolListener = this::pooled;
  private int transactionFilters;

  Filters(RpcChain chain, LongSupplier nanoClock) {
    this.chain = chain;
    this.nanoClock = nanoClock;
  }

  /** What one client polls. Guarded by the lock of {@link Filters}. */
  private abstract static class Filter {
    final String client;
    long lastNanos;

    Filter(String client) {
      this.client = client;
    }

    abstract ArrayNode changes();

    ArrayNode logs() {
      throw notFound();
    }
  }

  private static RpcException notFound() {
    return RpcException.refused("filter not found; make a new one");
  }

  String ofLogs(String client, LogFilter filter) {
    return add(new LogChanges(client, filter));
  }

  String ofBlocks(String client) {
    return add(new BlockChanges(client));
  }

  String ofTransactions(String client) {
    return add(new TransactionChanges(client));
  }

  private synchronized String add(Filter filter) {
    sweep();
    ensureRoom(filter.client);
    if (filter instanceof TransactionChanges && transactionFilters++ == 0) {
      chain.pool().addListener(poolListener);
    }
    filter.lastNanos = nanoClock.getAsLong();
    String id = ids.next();
    filters.put(id, filter);
    return id;
  }

  /** A client at its limit loses the filter it left alone longest, if that is a minute or more. */
  private void ensureRoom(String client) {
    List<Map.Entry<String, Filter>> own =
        filters.entrySet().stream().filter(f -> f.getValue().client.equals(client)).toList();
    if (own.size() < chain.limits().filtersMax() && filters.size() < ALL_MAX) {
      return;
    }
    long idle = own.isEmpty() ? 0 : nanoClock.getAsLong() - own.get(0).getValue().lastNanos;
    if (idle < ABANDONED_NANOS) {
      throw new RpcException(
          RpcError.LIMIT, own.size() + " filters are open; uninstall those that are not needed");
    }
    remove(own.get(0).getKey());
  }

  /** The map is in the order of use. */
  private void sweep() {
    long now = nanoClock.getAsLong();
    List<String> idle = new ArrayList<>();
    for (Map.Entry<String, Filter> each : filters.entrySet()) {
      if (now - each.getValue().lastNanos < chain.limits().filterIdle().toNanos()) {
        break;
      }
      idle.add(each.getKey());
    }
    idle.forEach(this::remove);
  }

  private Filter find(String id) {
    sweep();
    Filter filter = filters.get(id);
    if (filter == null) {
      throw notFound();
    }
    filter.lastNanos = nanoClock.getAsLong();
    return filter;
  }

  synchronized JsonNode changes(String id) {
    return find(id).changes();
  }

  JsonNode logs(String id) {
    Filter filter;
    synchronized (this) {
      filter = find(id);
    }
    return filter.logs();
  }

  synchronized boolean remove(String id) {
    Filter removed = filters.remove(id);
    if (removed instanceof TransactionChanges && --transactionFilters == 0) {
      chain.pool().removeListener(poolListener);
    }
    return removed != null;
  }

  private synchronized void pooled(SignedTx tx) {
    for (Filter filter : filters.values()) {
      if (filter instanceof TransactionChanges changes) {
        changes.add(tx.hash().toHex());
      }
    }
  }

  /** Number of open filters. */
  synchronized int size() {
    return filters.size();
  }

  @Override
  public synchronized void close() {
    filters.clear();
    transactionFilters = 0;
    chain.pool().removeListener(poolListener);
  }

  private long head() {
    return chain.reads().head().number();
  }

  private final class BlockChanges extends Filter {
    private long seen = head();

    BlockChanges(String client) {
      super(client);
    }

    @Override
    ArrayNode changes() {
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      seen = Math.min(seen, head());
      long last = Math.min(head(), seen + LogFilter.BLOCKS_MAX);
      for (long number = seen + 1; number <= last; number++) {
        json.add(chain.required(BlockRef.number(number)).block().hash().toHex());
      }
      seen = last;
      return json;
    }
  }

  private final class LogChanges extends Filter {
    private final LogFilter filter;
    private long seen = head();

    LogChanges(String client, LogFilter filter) {
      super(client);
      this.filter = filter;
    }

    @Override
    ArrayNode changes() {
      if (filter.block().isPresent()) {
        return JsonNodeFactory.instance.arrayNode(); // that block is there already
      }
      long head = head();
      seen = Math.min(seen, head); // the chain of a development network may have gone back
      long first = Math.max(seen + 1, bound(filter.from(), 0));
      long last =
          Math.min(head, Math.min(first + LogFilter.BLOCKS_MAX - 1, bound(filter.to(), head)));
      return FilterMethods.json(first > last ? List.of() : part(first, last));
    }

    /** So many blocks that their logs fit into one answer. */
    private List<LogView> part(long first, long last) {
      long end = last;
      while (true) {
        try {
          List<LogView> found =
              chain.reads().logs(filter.between(BlockRef.number(first), BlockRef.number(end)));
          seen = end;
          return found;
        } catch (LogQueryTooWideException tooMany) {
          if (end == first) {
            throw tooMany;
          }
          end = first + (end - first) / 2;
        }
      }
    }

    private long bound(BlockRef ref, long otherwise) {
      return ref instanceof BlockRef.Number number ? number.number() : otherwise;
    }

    @Override
    ArrayNode logs() {
      return FilterMethods.json(chain.reads().logs(filter));
    }
  }

  private static final class TransactionChanges extends Filter {
    private final ArrayDeque<String> hashes = new ArrayDeque<>();

    TransactionChanges(String client) {
      super(client);
    }

    void add(String hash) {
      if (hashes.size() == TRANSACTIONS_MAX) {
        hashes.removeFirst();
      }
      hashes.addLast(hash);
    }

    @Override
    ArrayNode changes() {
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      hashes.forEach(json::add);
      hashes.clear();
      return json;
    }
  }
}
