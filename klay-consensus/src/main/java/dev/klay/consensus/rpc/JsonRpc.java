package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.evm.BudgetSpentException;
import dev.klay.core.evm.GasBudget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers JSON-RPC 2.0 requests, one or a batch, with the methods of a table. Knows no socket: a
 * server feeds it, or a program in the same JVM.
 *
 * <pre>{@code
 * String height = node.rpc().call("klay_blockNumber", "[]").join();   // "\"0x2a\""
 * }</pre>
 *
 * <p>Safe for any thread; a call runs in the thread that asks, but for what it waits for.
 */
public final class JsonRpc {
  private static final String IN_PROCESS = "in-process";

  /**
   * What a call may use in the thread that reads sockets: 0.1 to 0.5 ms for most that spend it, 1.5
   * ms for the worst.
   */
  private static final long BRIEF_GAS = 100_000;

  private final RpcMethods methods;
  private final RpcLimits limits;
  private volatile Runnable onCall = () -> {};
  private volatile Optional<String> refusal = Optional.empty();

  public JsonRpc(RpcMethods methods, RpcLimits limits) {
    this.methods = methods;
    this.limits = limits;
  }

  public RpcMethods methods() {
    return methods;
  }

  public RpcLimits limits() {
    return limits;
  }

  /** Has each call told of, once, in the thread that answers it or starts to. */
  public void onCall(Runnable listener) {
    onCall = listener;
  }

  /**
   * Answers every request with this error from now on: the node has nothing that can be trusted.
   */
  public void stopServing(String why) {
    refusal = Optional.of(why);
  }

  /**
   * Calls one method.
   *
   * @param params a JSON array
   * @return the result as JSON; fails with {@link RpcException}
   */
  public CompletableFuture<String> call(String method, String params) {
    JsonNode read;
    try {
      read = JsonText.read(params.getBytes(StandardCharsets.UTF_8));
    } catch (RpcException malformed) {
      return CompletableFuture.failedFuture(malformed);
    }
    return call(method, read, RpcSession.asking(IN_PROCESS))
        .thenApply(result -> new String(JsonText.write(result), StandardCharsets.UTF_8));
  }

  /** Calls one method; fails with {@link RpcException}. */
  public CompletableFuture<JsonNode> call(String method, JsonNode params, RpcSession session) {
    CompletableFuture<JsonNode> result = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        start(method, params, session, GasBudget.UNLIMITED)
            .handle(
                (answer, failure) -> {
                  if (failure == null) {
                    result.complete(answer);
                  } else {
                    result.completeExceptionally(new RpcException(RpcErrors.of(method, failure)));
                  }
                  return null;
                });
    return result;
  }

  private CompletableFuture<JsonNode> start(
      String method, JsonNode params, RpcSession session, GasBudget budget) {
    CompletableFuture<JsonNode> answer = ask(method, params, session, budget);
    onCall.run(); // not when the budget was spent: then it comes again
    return answer;
  }

  private CompletableFuture<JsonNode> ask(
      String method, JsonNode params, RpcSession session, GasBudget budget) {
    Optional<String> refused = refusal;
    if (refused.isPresent()) {
      return CompletableFuture.failedFuture(
          new RpcException(RpcError.of(RpcError.SERVER, refused.orElseThrow())));
    }
    Optional<RpcMethod> known = methods.find(method);
    if (known.isEmpty()) {
      return CompletableFuture.failedFuture(new RpcException(RpcError.ofMethod(method)));
    }
    try {
      return known.orElseThrow().call(RpcParams.of(params, budget), session);
    } catch (BudgetSpentException spent) {
      throw spent; // no answer
    } catch (RuntimeException | StackOverflowError failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Answers a request as {@link #handle(byte[], RpcSession)}, all in text. */
  public CompletableFuture<Optional<String>> handle(String request) {
    return handle(request.getBytes(StandardCharsets.UTF_8), RpcSession.asking(IN_PROCESS))
        .thenApply(answer -> answer.map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
  }

  /**
   * Answers a request: one object, or an array of them. Never fails.
   *
   * @param request JSON in UTF-8; from a stranger
   * @return JSON in UTF-8; empty if all was notifications
   */
  public CompletableFuture<Optional<byte[]>> handle(byte[] request, RpcSession session) {
    return handle(read(request), session);
  }

  /** Reads a request without answering it. */
  RpcRequest read(byte[] request) {
    try {
      JsonNode json = JsonText.read(request);
      return new RpcRequest(json, Optional.empty(), brevity(json));
    } catch (RpcException malformed) {
      return RpcRequest.malformed(malformed.error());
    }
  }

  /** A batch is not tried: what of it had been answered would be done twice. */
  private Brevity brevity(JsonNode json) {
    if (!json.isArray()) {
      return brevityOfCall(json);
    }
    for (JsonNode call : json) {
      if (brevityOfCall(call) != Brevity.ALWAYS) {
        return Brevity.NEVER;
      }
    }
    return Brevity.ALWAYS;
  }

  /** What no method answers is refused, and that is brief. */
  private Brevity brevityOfCall(JsonNode call) {
    return methods
        .find(call.path("method").asText())
        .map(RpcMethod::brevity)
        .orElse(Brevity.ALWAYS);
  }

  /**
   * Answers a request that is often brief, if it is now. If not, nothing was done, but for some
   * time that it took.
   */
  Optional<CompletableFuture<Optional<byte[]>>> tryHandle(RpcRequest request, RpcSession session) {
    try {
      return Optional.of(handle(request, session, GasBudget.of(BRIEF_GAS)));
    } catch (BudgetSpentException spent) {
      return Optional.empty();
    }
  }

  /** Answers a request that was read, as {@link #handle(byte[], RpcSession)}. */
  CompletableFuture<Optional<byte[]>> handle(RpcRequest request, RpcSession session) {
    return handle(request, session, GasBudget.UNLIMITED);
  }

  private CompletableFuture<Optional<byte[]>> handle(
      RpcRequest request, RpcSession session, GasBudget budget) {
    if (request.fault().isPresent()) {
      return CompletableFuture.completedFuture(
          Optional.of(JsonText.write(failure(NullNode.instance, request.fault().orElseThrow()))));
    }
    JsonNode json = request.json();
    Answers answers = new Answers(limits, System.nanoTime(), budget);
    return json.isArray() ? answerAll(json, session, answers) : answer(json, session, answers);
  }

  private CompletableFuture<Optional<byte[]>> answerAll(
      JsonNode batch, RpcSession session, Answers answers) {
    if (batch.isEmpty()) {
      return refuse("empty batch");
    }
    if (batch.size() > limits.batchMax()) {
      return refuse("a batch has at most " + limits.batchMax() + " calls, not " + batch.size());
    }
    List<CompletableFuture<Optional<byte[]>>> all = new ArrayList<>();
    for (JsonNode each : batch) {
      all.add(answer(each, session, answers));
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(done -> join(all.stream().map(CompletableFuture::join).toList()));
  }

  private static CompletableFuture<Optional<byte[]>> refuse(String message) {
    RpcError error = RpcError.of(RpcError.INVALID_REQUEST, message);
    return CompletableFuture.completedFuture(
        Optional.of(JsonText.write(failure(NullNode.instance, error))));
  }

  private static Optional<byte[]> join(List<Optional<byte[]>> answers) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (Optional<byte[]> answer : answers) {
      if (answer.isPresent()) {
        joined.write(joined.size() == 0 ? '[' : ',');
        joined.writeBytes(answer.orElseThrow());
      }
    }
    if (joined.size() == 0) {
      return Optional.empty();
    }
    joined.write(']');
    return Optional.of(joined.toByteArray());
  }

  private CompletableFuture<Optional<byte[]>> answer(
      JsonNode request, RpcSession session, Answers answers) {
    JsonNode id = request.path("id");
    boolean named = id.isTextual() || id.isNumber() || id.isNull();
    Optional<RpcError> fault = findFault(request, id, named);
    if (fault.isPresent()) {
      JsonNode shown = named ? id : NullNode.instance;
      return CompletableFuture.completedFuture(
          Optional.of(answers.take(shown, failure(shown, fault.orElseThrow()))));
    }
    String method = request.get("method").textValue();
    CompletableFuture<JsonNode> result =
        answers.isLate()
            ? CompletableFuture.failedFuture(
                new RpcException(RpcError.TIMEOUT, "the batch took too long; send smaller ones"))
            : start(method, request.path("params"), session, answers.budget);
    return result.handle(
        (value, failure) -> {
          if (!named) {
            return Optional.empty();
          }
          ObjectNode json =
              failure == null ? success(id, value) : failure(id, RpcErrors.of(method, failure));
          return Optional.of(answers.take(id, json));
        });
  }

  private static Optional<RpcError> findFault(JsonNode request, JsonNode id, boolean named) {
    String fault = null;
    if (!request.isObject()) {
      fault = "invalid request: an object is wanted";
    } else if (!"2.0".equals(request.path("jsonrpc").textValue())) {
      fault = "invalid request: jsonrpc must be \"2.0\"";
    } else if (!request.path("method").isTextual()) {
      fault = "invalid request: method must be a string";
    } else if (!named && !(id instanceof MissingNode)) {
      fault = "invalid request: id must be a string, a number or null";
    }
    return Optional.ofNullable(fault).map(text -> RpcError.of(RpcError.INVALID_REQUEST, text));
  }

  private static ObjectNode success(JsonNode id, JsonNode result) {
    ObjectNode json = head(id);
    json.set("result", result);
    return json;
  }

  /** The error answer to a request. */
  static ObjectNode failure(JsonNode id, RpcError error) {
    ObjectNode json = head(id);
    json.set("error", error.toJson());
    return json;
  }

  private static ObjectNode head(JsonNode id) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("jsonrpc", "2.0");
    json.set("id", id);
    return json;
  }

  /** Counts the bytes, the time, and perhaps the gas, of the answers to one request. */
  private static final class Answers {
    private final RpcLimits limits;
    private final long startNanos;
    private final AtomicLong left;
    private final GasBudget budget;

    Answers(RpcLimits limits, long startNanos, GasBudget budget) {
      this.limits = limits;
      this.startNanos = startNanos;
      this.left = new AtomicLong(limits.answerSizeMaxBytes());
      this.budget = budget;
    }

    boolean isLate() {
      long nanos = System.nanoTime() - startNanos;
      return nanos > TimeUnit.MILLISECONDS.toNanos(limits.callTime().toMillis());
    }

    /** The answer as bytes; what does not fit any more is an error. */
    byte[] take(JsonNode id, ObjectNode answer) {
      byte[] bytes = JsonText.write(answer);
      if (left.addAndGet(-bytes.length) >= 0) {
        return bytes;
      }
      String message =
          "the answer is larger than " + limits.answerSizeMaxBytes() + " bytes; ask for less";
      return JsonText.write(failure(id, RpcError.of(RpcError.LIMIT, message)));
    }
  }
}
