package dev.klay.consensus.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who asks: a connection that can be told things later, or a request that cannot. A client's
 * subscriptions end with its session.
 */
public final class RpcSession implements AutoCloseable {
  /** Where notifications go. Called by one thread at a time. */
  public interface Sink {
    /** Whether more can be sent without being piled up. */
    boolean isReady();

    /** Sends a notification, a JSON text. */
    void send(byte[] notification);

    /** The client takes too little too slowly and has lost something; the connection must end. */
    void overflow();
  }

  /** Requests that are not tried after one that was long. */
  private static final int NOT_TRIED = 16;

  private final String client;
  private final Optional<Sink> sink;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
  private final List<Subscription> waiting = new ArrayList<>();
  private boolean closed;

  /** How many requests are not tried; of the connection's thread. */
  private int notTried;

  private RpcSession(String client, Optional<Sink> sink) {
    this.client = client;
    this.sink = sink;
  }

  /**
   * A client that only asks.
   *
   * @param client its address, or another name; filters are counted by it
   */
  public static RpcSession asking(String client) {
    return new RpcSession(client, Optional.empty());
  }

  /** A client that can be told things, too. */
  public static RpcSession listening(String client, Sink sink) {
    return new RpcSession(client, Optional.of(sink));
  }

  String client() {
    return client;
  }

  Optional<Sink> sink() {
    return sink;
  }

  int subscriptionCount() {
    return subscriptions.size();
  }

  /** Whether to try if the next request that may be brief is. */
  boolean isTried() {
    boolean tried = notTried == 0;
    notTried = Math.max(0, notTried - 1);
    return tried;
  }

  /** One that was tried was not brief; who asks for much often does so again. */
  void wasLong() {
    notTried = NOT_TRIED;
  }

  /** A subscription that starts when its number has been answered. */
  synchronized void add(String id, Subscription subscription) {
    if (closed) {
      subscription.close();
      return;
    }
    subscriptions.put(id, subscription);
    waiting.add(subscription);
  }

  boolean remove(String id) {
    Subscription removed = subscriptions.remove(id);
    if (removed != null) {
      removed.close();
    }
    return removed != null;
  }

  /** To be called when an answer is on its way: what was subscribed to may follow it. */
  public void answered() {
    List<Subscription> started;
    synchronized (this) {
      if (waiting.isEmpty()) {
        return;
      }
      started = new ArrayList<>(waiting);
      waiting.clear();
    }
    started.forEach(Subscription::start);
  }

  /** To be called when the sink is ready again. */
  public void ready() {
    subscriptions.values().forEach(Subscription::wake);
  }

  /** Ends the client's subscriptions. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    subscriptions.values().forEach(Subscription::close);
    subscriptions.clear();
  }
}
