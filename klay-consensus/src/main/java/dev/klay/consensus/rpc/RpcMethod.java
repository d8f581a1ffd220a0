package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** One method of the table. */
@FunctionalInterface
public interface RpcMethod {
  /**
   * Answers a call, in the caller's thread as far as nothing has to be waited for.
   *
   * @param session who asks
   * @return the result; fails with {@link RpcException} or another {@code KlayException}
   * @throws RpcException if the parameters are wrong
   */
  CompletableFuture<JsonNode> call(RpcParams params, RpcSession session);

  /** What is brief is called in the thread that reads sockets, which must not be held up. */
  default Brevity brevity() {
    return Brevity.NEVER;
  }
}
