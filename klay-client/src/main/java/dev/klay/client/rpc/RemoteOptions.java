package dev.klay.client.rpc;

import java.time.Duration;
import java.util.Optional;

/**
 * How a client talks to a node. Immutable.
 *
 * @param token sent as {@code Authorization: Bearer}; empty for none
 * @param callTimeout after which a call that is not answered fails
 * @param pollEvery how often a node is asked for new blocks while somebody waits for some; with a
 *     WebSocket the node tells, and is asked a hundred times less often
 */
public record RemoteOptions(Optional<Token> token, Duration callTimeout, Duration pollEvery) {
  public static final RemoteOptions DEFAULT =
      new RemoteOptions(Optional.empty(), Duration.ofSeconds(30), Duration.ofMillis(100));

  /** A secret; its text is nowhere shown. */
  public static final class Token {
    private final String text;

    Token(String text) {
      this.text = text;
    }

    String header() {
      return "Bearer " + text;
    }

    @Override
    public String toString() {
      return "Token";
    }
  }

  public RemoteOptions {
    if (callTimeout.isNegative() || callTimeout.isZero() || pollEvery.toMillis() < 1) {
      throw new IllegalArgumentException("a time-out and a pause are longer than nothing");
    }
  }

  public RemoteOptions withToken(String secret) {
    return new RemoteOptions(Optional.of(new Token(secret)), callTimeout, pollEvery);
  }

  public RemoteOptions withCallTimeout(Duration timeout) {
    return new RemoteOptions(token, timeout, pollEvery);
  }

  public RemoteOptions withPollEvery(Duration pause) {
    return new RemoteOptions(token, callTimeout, pause);
  }
}
