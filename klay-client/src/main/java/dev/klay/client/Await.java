package dev.klay.client;

import dev.klay.core.service.ChainUnavailableException;
import dev.klay.crypto.KlayException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for an answer and gives its typed error rather than a wrapper of the future's. */
final class Await {
  private Await() {}

  static <T> T of(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof KlayException klay) {
        throw klay;
      }
      throw new ChainUnavailableException("the chain did not answer: " + e.getCause());
    }
  }
}
