package dev.klay.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Who waits for a chain sees its errors, never a future's. */
class AwaitTest {
  private static CompletableFuture<String> failed(Throwable cause) {
    return CompletableFuture.failedFuture(cause);
  }

  @Test
  void anAnswerIsGiven() {
    assertThat(Await.of(CompletableFuture.completedFuture("answer"))).isEqualTo("answer");
  }

  @Test
  void uncheckedErrorsComeAsTheyWereThrownHoweverOftenTheyWereWrapped() {
    ChainUnavailableException closed = new ChainUnavailableException("closed");
    IllegalArgumentException wrong = new IllegalArgumentException("wrong");
    assertThatThrownBy(() -> Await.of(failed(closed))).isSameAs(closed);
    assertThatThrownBy(() -> Await.of(failed(closed).thenApply(String::length))).isSameAs(closed);
    assertThatThrownBy(() -> Await.of(failed(new CompletionException(closed)))).isSameAs(closed);
    assertThatThrownBy(() -> Await.of(failed(wrong))).isSameAs(wrong);
    assertThatThrownBy(() -> Await.of(failed(new AssertionError("broken"))))
        .isInstanceOf(AssertionError.class)
        .hasMessage("broken");
  }

  @Test
  void noAnswerIsAChainThatCannotBeReached() {
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);
    for (CompletableFuture<String> none :
        List.of(
            cancelled,
            failed(new TimeoutException("late")),
            failed(new IOException("reset")),
            failed(new UncheckedIOException(new IOException("reset"))))) {
      assertThatThrownBy(() -> Await.of(none)).isInstanceOf(ChainUnavailableException.class);
    }
  }
}
