package dev.klay.consensus.rpc;

import dev.klay.crypto.KlayException;

/** A method answers with an error; the caller may correct what it names and ask again. */
public final class RpcException extends KlayException {
  private static final long serialVersionUID = 1;

  private final transient RpcError error;

  public RpcException(RpcError error) {
    super(error.message());
    this.error = error;
  }

  public RpcException(int code, String message) {
    this(RpcError.of(code, message));
  }

  /** A parameter that is none; the message starts as Klaytn's. */
  static RpcException invalid(String message) {
    return new RpcException(RpcError.INVALID_PARAMS, message);
  }

  /** A refusal without a code of its own. */
  static RpcException refused(String message) {
    return new RpcException(RpcError.SERVER, message);
  }

  public RpcError error() {
    return error;
  }
}
