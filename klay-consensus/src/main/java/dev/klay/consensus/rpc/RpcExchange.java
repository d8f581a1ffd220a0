package dev.klay.consensus.rpc;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One request on its way: to a worker if one can take it, and back within the time a call may take.
 * Answered exactly once, whatever comes first.
 */
final class RpcExchange {
  /** How a request ended. */
  enum Outcome {
    ANSWERED,
    /** Nobody could take it. */
    OVERLOADED
  }

  /** What goes back; empty if all was notifications. */
  record Answer(Optional<byte[]> body, Outcome outcome) {}

  private final byte[] request;
  private final Consumer<Answer> reply;
  private final AtomicBoolean replied = new AtomicBoolean();
  private volatile Runnable onReply = () -> {};

  private RpcExchange(byte[] request, Consumer<Answer> reply) {
    this.request = request;
    this.reply = reply;
  }

  /**
   * Starts an exchange.
   *
   * @param loop on which the reply is called
   */
  static void start(
      JsonRpc rpc,
      RpcWorkers workers,
      EventLoop loop,
      byte[] request,
      RpcSession session,
      Consumer<Answer> reply) {
    RpcExchange exchange =
        new RpcExchange(request, answer -> loop.execute(() -> reply.accept(answer)));
    boolean taken = workers.tryRun(() -> exchange.run(rpc, session));
    if (!taken) {
      exchange.refuse(
          RpcError.of(RpcError.LIMIT, "the node is busy; ask again a little later"),
          Outcome.OVERLOADED);
      return;
    }
    ScheduledFuture<?> timer =
        loop.schedule(
            () ->
                exchange.refuse(
                    RpcError.of(RpcError.TIMEOUT, "the call took too long; ask for less at once"),
                    Outcome.ANSWERED),
            rpc.limits().callTime().toMillis(),
            TimeUnit.MILLISECONDS);
    exchange.onReply = () -> timer.cancel(false);
    if (exchange.replied.get()) {
      timer.cancel(false);
    }
  }

  private void run(JsonRpc rpc, RpcSession session) {
    if (replied.get()) {
      return; // waited too long for a worker
    }
    CompletableFuture<Void> unused =
        rpc.handle(request, session)
            .thenAccept(body -> reply(new Answer(body, Outcome.ANSWERED)))
            .exceptionally(
                failure -> {
                  refuse(RpcErrors.of("a request", failure), Outcome.ANSWERED);
                  return null;
                });
  }

  private void refuse(RpcError error, Outcome outcome) {
    if (!replied.get()) {
      byte[] body = JsonText.write(JsonRpc.failure(RequestId.of(request), error));
      reply(new Answer(Optional.of(body), outcome));
    }
  }

  private void reply(Answer answer) {
    if (replied.compareAndSet(false, true)) {
      onReply.run();
      reply.accept(answer);
    }
  }
}
