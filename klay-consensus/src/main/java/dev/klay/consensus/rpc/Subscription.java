package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Sends what a source has, as long as the client takes it; then waits to be woken. Runs on the
 * notifier's thread only.
 */
final class Subscription {
  /** What is told. Called by the notifier's thread, but for its closing. */
  interface Source {
    /** The next thing to tell; empty if there is none yet. */
    Optional<JsonNode> next();

    /** Whether something was lost because the client was too slow. */
    default boolean hasLost() {
      return false;
    }
  }

  private final String id;
  private final String method;
  private final RpcSession.Sink sink;
  private final Source source;
  private final Executor notifier;
  private final Consumer<Subscription> onClose;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean started;
  private volatile boolean closed;

  Subscription(
      String id,
      String method,
      RpcSession.Sink sink,
      Source source,
      Executor notifier,
      Consumer<Subscription> onClose) {
    this.id = id;
    this.method = method;
    this.sink = sink;
    this.source = source;
    this.notifier = notifier;
    this.onClose = onClose;
  }

  Source source() {
    return source;
  }

  void start() {
    started = true;
    wake();
  }

  /** There may be more to tell, or the client may take more. */
  void wake() {
    if (started && !closed && scheduled.compareAndSet(false, true)) {
      notifier.execute(this::deliver);
    }
  }

  private void deliver() {
    scheduled.set(false);
    while (!closed && sink.isReady()) {
      if (source.hasLost()) {
        close();
        sink.overflow();
        return;
      }
      Optional<JsonNode> next = source.next();
      if (next.isEmpty()) {
        return;
      }
      sink.send(JsonText.write(message(next.orElseThrow())));
    }
  }

  private ObjectNode message(JsonNode result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("jsonrpc", "2.0");
    json.put("method", method);
    ObjectNode params = json.putObject("params");
    params.put("subscription", id);
    params.set("result", result);
    return json;
  }

  void close() {
    closed = true;
    onClose.accept(this);
  }
}
