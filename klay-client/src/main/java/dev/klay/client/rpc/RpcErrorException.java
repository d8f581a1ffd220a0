package dev.klay.client.rpc;

import dev.klay.crypto.KlayException;
import java.util.Optional;

/**
 * The node answered with an error that is none of the chain's own refusals: a method it does not
 * have, a limit, a fault. The code tells; -32601 is a method that the node does not serve.
 */
public final class RpcErrorException extends KlayException {
  static final int METHOD_NOT_FOUND = -32601;
  static final int LIMIT = -32005;
  static final int REVERTED = 3;

  private final int code;
  private final transient Optional<String> data;

  RpcErrorException(int code, String message, Optional<String> data) {
    super("the node answered " + code + ": " + message);
    this.code = code;
    this.data = data;
  }

  /** JSON-RPC's error code. */
  public int code() {
    return code;
  }

  /** What came with it, as JSON. */
  public Optional<String> data() {
    return data;
  }
}
