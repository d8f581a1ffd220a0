package dev.klay.consensus.rpc;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One request on its way. What is brief is answered on the spot, what may be is tried; all else
 * goes to a worker if one can take it, and is back within the time a call may take. Answered
 * exactly once, whatever comes first.
 */
final class RpcExchange {
  /** Larger requests are not even read on the event loop. */
  private static final int READ_AT_ONCE_MAX_BYTES = 4_096;

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
   * Starts an exchange; on the event loop of its connection.
   *
   * @param reply called once, in the thread that has the answer: here before this returns, or
   *     elsewhere
   */
  static void start(
      JsonRpc rpc,
      RpcWorkers workers,
      EventLoop loop,
      byte[] request,
      RpcSession session,
      Consumer<Answer> reply) {
    RpcExchange exchange = new RpcExchange(request, reply);
    if (request.length > READ_AT_ONCE_MAX_BYTES) {
      exchange.start(workers, loop, rpc, () -> rpc.handle(request, session));
      return;
    }
    RpcRequest read = rpc.read(request);
    if (read.brevity() == Brevity.ALWAYS) {
      exchange.run(() -> rpc.handle(read, session));
      exchange.limitTime(loop, rpc.limits());
    } else if (read.brevity() == Brevity.NEVER || !exchange.tryAnswer(rpc, read, session)) {
      exchange.start(workers, loop, rpc, () -> rpc.handle(read, session));
    }
  }

  /** Answers on the spot, unless that turns out to take long or is likely to. */
  private boolean tryAnswer(JsonRpc rpc, RpcRequest read, RpcSession session) {
    if (!session.isTried()) {
      return false;
    }
    Optional<CompletableFuture<Optional<byte[]>>> answer = rpc.tryHandle(read, session);
    if (answer.isPresent()) {
      run(answer::orElseThrow);
    } else {
      session.wasLong();
    }
    return answer.isPresent();
  }

  private void start(
      RpcWorkers workers,
      EventLoop loop,
      JsonRpc rpc,
      Supplier<CompletableFuture<Optional<byte[]>>> answering) {
    if (workers.tryRun(() -> run(answering))) {
      limitTime(loop, rpc.limits());
    } else {
      refuse(
          RpcError.of(RpcError.LIMIT, "the node is busy; ask again a little later"),
          Outcome.OVERLOADED);
    }
  }

  /** Sees to it that there is an answer in time. */
  private void limitTime(EventLoop loop, RpcLimits limits) {
    if (replied.get()) {
      return;
    }
    ScheduledFuture<?> timer =
        loop.schedule(
            () ->
                refuse(
                    RpcError.of(RpcError.TIMEOUT, "the call took too long; ask for less at once"),
                    Outcome.ANSWERED),
            limits.callTime().toMillis(),
            TimeUnit.MILLISECONDS);
    onReply = () -> timer.cancel(false);
    if (replied.get()) {
      timer.cancel(false);
    }
  }

  private void run(Supplier<CompletableFuture<Optional<byte[]>>> answering) {
    if (replied.get()) {
      return; // waited too long for a worker
    }
    CompletableFuture<Void> unused =
        answering
            .get()
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
