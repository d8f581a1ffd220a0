package dev.klay.caver;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;

/** Runs named checks one after the other and tells each on a line of its own. */
final class Checks {
  private static final int FRAMES = 4;

  private int failed;

  interface Body {
    void run() throws Exception;
  }

  void check(String name, Body body) {
    try {
      body.run();
      System.out.println("ok " + name);
    } catch (Exception | AssertionError e) {
      failed++;
      System.out.println("not ok " + name + ": " + text(e));
    }
  }

  private static String text(Throwable failure) {
    String frames =
        Arrays.stream(failure.getStackTrace())
            .limit(FRAMES)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(" | "));
    String cause = failure.getCause() == null ? "" : " because of " + failure.getCause();
    return failure + cause + " | " + frames;
  }

  /** Tells how many failed; the program's exit code. */
  int finish() {
    System.out.println("done, " + failed + " failed");
    return failed == 0 ? 0 : 1;
  }

  static void equal(Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError("expected " + expected + ", not " + actual);
    }
  }

  static void sameText(String expected, String actual) {
    if (!expected.equalsIgnoreCase(actual)) {
      throw new AssertionError("expected " + expected + ", not " + actual);
    }
  }

  static void that(boolean condition, Object what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  /** What the node answers; an error of it fails. */
  static <R, T extends Response<R>> R result(Request<?, T> request) throws IOException {
    T response = request.send();
    if (response.hasError()) {
      throw new AssertionError(request.getMethod() + ": " + response.getError().getMessage());
    }
    return response.getResult();
  }

  /** The message of the error that the node answers. */
  static String refusal(Request<?, ?> request) throws IOException {
    Response<?> response = request.send();
    that(response.hasError(), request.getMethod() + " should have failed");
    return response.getError().getMessage();
  }

  /** What a body fails with; fails itself if it does not. */
  static Exception failure(Body body) {
    try {
      body.run();
    } catch (Exception e) {
      return e;
    }
    throw new AssertionError("it should have failed");
  }
}
