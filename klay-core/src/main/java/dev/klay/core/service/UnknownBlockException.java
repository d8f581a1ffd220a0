package dev.klay.core.service;

import dev.klay.crypto.KlayException;

/** The block is not on the chain, or its state is no longer kept; ask for a later one. */
public final class UnknownBlockException extends KlayException {
  public UnknownBlockException(String message) {
    super(message);
  }

  static UnknownBlockException of(BlockRef ref) {
    if (ref instanceof BlockRef.Number number) {
      return new UnknownBlockException("there is no block " + number.number());
    }
    return new UnknownBlockException(
        ref instanceof BlockRef.ByHash byHash
            ? "there is no block " + byHash.hash()
            : "there is no block yet");
  }
}
