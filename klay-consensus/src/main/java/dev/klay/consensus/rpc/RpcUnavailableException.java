package dev.klay.consensus.rpc;

import dev.klay.crypto.KlayException;

/**
 * A server cannot listen: the port is taken, the address is not of this machine, or certificate and
 * key cannot be read. Nothing was started; choose others.
 */
public final class RpcUnavailableException extends KlayException {
  private static final long serialVersionUID = 1;

  RpcUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
