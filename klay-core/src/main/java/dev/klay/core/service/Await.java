package dev.klay.core.service;

import dev.klay.crypto.KlayException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Waits for an answer and gives its own error rather than a wrapper of the future's. */
public final class Await {
  private Await() {}

  /**
   * What the future answers. Blocks for as long as that takes: futures of a {@link ChainService}
   * come to an end when it is closed, and those of a remote one after its time limit.
   *
   * @throws KlayException what the chain answered instead, and any other unchecked error, as it was
   *     thrown
   * @throws ChainUnavailableException if no answer came
   */
  public static <T> T of(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CancellationException e) {
      throw new ChainUnavailableException("the call was cancelled before there was an answer");
    } catch (CompletionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(CompletionException wrapper) {
    @Nullable Throwable cause = wrapper.getCause();
    if (cause instanceof CompletionException again) {
      return unwrapped(again);
    }
    if (cause instanceof Error broken) {
      throw broken;
    }
    return cause instanceof RuntimeException known && !(known instanceof UncheckedIOException)
        ? known
        : new ChainUnavailableException("the chain did not answer: " + cause);
  }
}
