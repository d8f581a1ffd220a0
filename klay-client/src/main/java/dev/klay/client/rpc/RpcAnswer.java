package dev.klay.client.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.service.LogQueryTooWideException;
import dev.klay.core.service.UnknownBlockException;
import dev.klay.crypto.KlayException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer to one call, as it came.
 *
 * @param result null where there is an error
 */
record RpcAnswer(JsonNode result, Optional<Failure> failure) {
  /**
   * JSON-RPC's error object.
   *
   * @param data missing where there is none
   */
  record Failure(int code, String message, JsonNode data) {
    boolean isMissingMethod() {
      return code == RpcErrorException.METHOD_NOT_FOUND;
    }

    /** Whether a block, or the state of one, is not there; nodes have words for it, no code. */
    boolean isUnknownBlock() {
      String text = message.toLowerCase(Locale.ROOT);
      boolean subject = text.contains("block") || text.contains("header") || text.contains("state");
      return subject
          && (text.contains("does not exist")
              || text.contains("not kept")
              || text.contains("there is no")
              || text.contains("not found"));
    }

    /** Why a transaction or call was refused: by our nodes' name of the reason, or by its words. */
    Optional<Rejection> rejection() {
      if (data.path("reason").isTextual()) {
        String name = data.path("reason").asText();
        return Arrays.stream(RejectionReason.values())
            .filter(reason -> reason.name().equals(name))
            .findFirst()
            .map(reason -> new Rejection(reason, data.path("detail").asText("")));
      }
      return Arrays.stream(RejectionReason.values())
          .filter(reason -> message.startsWith(reason.message()))
          .findFirst()
          .map(reason -> new Rejection(reason, rest(reason)));
    }

    private String rest(RejectionReason reason) {
      return message.substring(reason.message().length()).replaceFirst("^: ", "");
    }

    KlayException toException() {
      if (isUnknownBlock()) {
        return new UnknownBlockException(message);
      }
      if (code == RpcErrorException.LIMIT) {
        return new LogQueryTooWideException(message);
      }
      Optional<String> text =
          data.isMissingNode() || data.isNull() ? Optional.empty() : Optional.of(data.toString());
      return new RpcErrorException(code, message, text);
    }
  }

  static RpcAnswer of(JsonNode response) {
    JsonNode error = response.path("error");
    if (error.isObject()) {
      Failure failure =
          new Failure(
              error.path("code").asInt(), error.path("message").asText(""), error.path("data"));
      return new RpcAnswer(response.path("result"), Optional.of(failure));
    }
    return new RpcAnswer(response.path("result"), Optional.empty());
  }

  /**
   * The result.
   *
   * @throws KlayException if there is an error
   */
  JsonNode required() {
    if (failure.isPresent()) {
      throw failure.orElseThrow().toException();
    }
    return result;
  }
}
