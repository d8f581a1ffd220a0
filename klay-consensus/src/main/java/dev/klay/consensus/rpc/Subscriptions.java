package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainReads;
import dev.klay.core.service.LogFilter;
import dev.klay.core.service.LogView;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.transaction.SignedTx;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells clients what happens. Heads and logs are read from the chain when the client is ready for
 * them, so a slow client costs no memory and misses nothing; waiting transactions are kept for it,
 * so many and no more, and a client that is slower loses its connection. One thread, which exists
 * while there is something to tell.
 */
final class Subscriptions implements Chain.Listener, AutoCloseable {
  private static final int IDLE_SECONDS = 5;

  /** Waiting transactions that a slow client may be behind. */
  private static final int TRANSACTIONS_MAX = 4_096;

  private final RpcChain chain;
  private final ThreadPoolExecutor notifier;
  private final SubscriptionIds ids = new SubscriptionIds();
  private final Set<Subscription> ofBlocks = ConcurrentHashMap.newKeySet();
  private final Set<Subscription> ofTransactions = ConcurrentHashMap.newKeySet();
  private final Consumer<SignedTx> poolListener = this::pooled;

  Subscriptions(RpcChain chain, String nodeName) {
    this.chain = chain;
    this.notifier =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // holds a subscription once at most
            task -> {
              Thread thread = new Thread(task, "klay-" + nodeName + "-notifier");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    notifier.allowCoreThreadTimeOut(true);
    chain.chain().addListener(this);
    chain.pool().addListener(poolListener);
  }

  String toHeads(RpcSession session, Dialect dialect) {
    return open(session, dialect, new Heads(dialect), ofBlocks);
  }

  String toLogs(RpcSession session, Dialect dialect, LogFilter filter) {
    return open(session, dialect, new Logs(filter), ofBlocks);
  }

  String toTransactions(RpcSession session, Dialect dialect, boolean whole) {
    return open(session, dialect, new Waiting(dialect, whole), ofTransactions);
  }

  /** A node serves what is final, so it never syncs in the sense of Ethereum: told once. */
  String toSyncing(RpcSession session, Dialect dialect) {
    Iterator<JsonNode> once = List.<JsonNode>of(BooleanNode.FALSE).iterator();
    return open(
        session,
        dialect,
        () -> once.hasNext() ? Optional.of(once.next()) : Optional.empty(),
        ofBlocks);
  }

  private String open(
      RpcSession session, Dialect dialect, Subscription.Source source, Set<Subscription> group) {
    RpcSession.Sink sink =
        session
            .sink()
            .orElseThrow(
                () ->
                    new RpcException(
                        RpcError.METHOD_NOT_FOUND,
                        "notifications not supported over HTTP; subscribe over WebSocket"));
    if (session.subscriptionCount() >= chain.limits().filtersMax()) {
      throw new RpcException(
          RpcError.LIMIT,
          session.subscriptionCount() + " subscriptions are open; unsubscribe from some");
    }
    String id = ids.next();
    String method = dialect == Dialect.ETH ? "eth_subscription" : "klay_subscription";
    Subscription subscription = new Subscription(id, method, sink, source, notifier, group::remove);
    group.add(subscription);
    session.add(id, subscription);
    return id;
  }

  @Override
  public void imported(ChainHead head, StoredBlock block) {
    ofBlocks.forEach(Subscription::wake);
  }

  /** Blocks that come instead of others are told, too. */
  @Override
  public void replaced(ChainHead head) {
    for (Subscription subscription : ofBlocks) {
      if (subscription.source() instanceof Blocks blocks) {
        blocks.rewind(head.number());
      }
    }
    ofBlocks.forEach(Subscription::wake);
  }

  private void pooled(SignedTx tx) {
    for (Subscription subscription : ofTransactions) {
      if (subscription.source() instanceof Waiting waiting) {
        waiting.add(tx);
      }
      subscription.wake();
    }
  }

  /** Number of open subscriptions. */
  int size() {
    return ofBlocks.size() + ofTransactions.size();
  }

  @Override
  public void close() {
    chain.chain().removeListener(this);
    chain.pool().removeListener(poolListener);
    ofBlocks.clear();
    ofTransactions.clear();
    notifier.shutdownNow();
    try {
      notifier.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is read from the chain, block after block. */
  private abstract class Blocks implements Subscription.Source {
    private long next = chain.reads().head().number() + 1;

    synchronized Optional<StoredBlock> nextBlock() {
      Optional<StoredBlock> block = chain.reads().block(BlockRef.number(next));
      block.ifPresent(found -> next++);
      return block;
    }

    synchronized void rewind(long last) {
      next = Math.min(next, last + 1);
    }
  }

  private final class Heads extends Blocks {
    private final Dialect dialect;

    Heads(Dialect dialect) {
      this.dialect = dialect;
    }

    @Override
    public Optional<JsonNode> next() {
      return nextBlock().map(found -> BlockMethods.header(chain, dialect, found.block()));
    }
  }

  private final class Logs extends Blocks {
    private final LogFilter filter;
    private Iterator<LogView> ofBlock = List.<LogView>of().iterator();

    Logs(LogFilter filter) {
      this.filter = filter;
    }

    @Override
    public Optional<JsonNode> next() {
      while (!ofBlock.hasNext()) {
        Optional<StoredBlock> block = nextBlock();
        if (block.isEmpty()) {
          return Optional.empty();
        }
        ofBlock = ChainReads.logsOf(block.orElseThrow(), filter).iterator();
      }
      return Optional.of(FilterMethods.json(ofBlock.next()));
    }
  }

  private static final class Waiting implements Subscription.Source {
    private final Dialect dialect;
    private final boolean whole;
    private final ArrayDeque<SignedTx> waiting = new ArrayDeque<>();
    private boolean lost;

    Waiting(Dialect dialect, boolean whole) {
      this.dialect = dialect;
      this.whole = whole;
    }

    synchronized void add(SignedTx tx) {
      if (waiting.size() < TRANSACTIONS_MAX) {
        waiting.add(tx);
      } else {
        lost = true;
      }
    }

    @Override
    public synchronized boolean hasLost() {
      return lost;
    }

    @Override
    public synchronized Optional<JsonNode> next() {
      return Optional.ofNullable(waiting.poll()).map(this::json);
    }

    private JsonNode json(SignedTx tx) {
      if (!whole) {
        return TextNode.valueOf(tx.hash().toHex());
      }
      return dialect == Dialect.ETH
          ? TransactionJson.eth(tx, Optional.empty())
          : TransactionJson.klay(tx, Optional.empty());
    }
  }
}
