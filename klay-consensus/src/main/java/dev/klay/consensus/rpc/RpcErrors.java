package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.call.CallRefusedException;
import dev.klay.core.call.CallTooLongException;
import dev.klay.core.execution.Rejection;
import dev.klay.core.service.LogQueryTooWideException;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.crypto.KlayException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered when a method fails. Faults of this program's are logged, not told. */
final class RpcErrors {
  private static final Logger LOG = LoggerFactory.getLogger(RpcErrors.class);

  private RpcErrors() {}

  static RpcError of(String method, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof RpcException rpc) {
      return rpc.error();
    }
    if (cause instanceof TransactionRejectedException rejected) {
      return ofRejection(rejected.rejection());
    }
    if (cause instanceof CallRefusedException refused) {
      return ofRejection(refused.rejection());
    }
    if (cause instanceof LogQueryTooWideException wide) {
      return RpcError.of(RpcError.LIMIT, String.valueOf(wide.getMessage()));
    }
    if (cause instanceof CallTooLongException late) {
      return RpcError.of(RpcError.TIMEOUT, String.valueOf(late.getMessage()));
    }
    if (cause instanceof KlayException known) {
      return RpcError.of(RpcError.SERVER, String.valueOf(known.getMessage()));
    }
    if (cause instanceof TimeoutException) {
      return RpcError.of(RpcError.TIMEOUT, "the call took too long; ask for less at once");
    }
    LOG.warn("{} failed", method, cause);
    return RpcError.of(RpcError.INTERNAL, "internal error");
  }

  /** Klaytn's words, by which tools know refusals, and the reason for programs. */
  private static RpcError ofRejection(Rejection rejection) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("reason", rejection.reason().name());
    if (!rejection.detail().isEmpty()) {
      data.put("detail", rejection.detail());
    }
    return new RpcError(RpcError.SERVER, rejection.nodeMessage(), Optional.of(data));
  }
}
