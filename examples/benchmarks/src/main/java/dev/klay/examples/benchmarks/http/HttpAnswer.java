package dev.klay.examples.benchmarks.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Finds the end of an HTTP answer in what has arrived of it, and looks into it. */
final class HttpAnswer {
  private static final String LENGTH = "content-length:";
  private static final byte[] HEADERS_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERROR = "\"error\":".getBytes(StandardCharsets.US_ASCII);

  private int bodyStart;
  private int end;

  /** Forgets the answer before. */
  void clear() {
    bodyStart = 0;
    end = 0;
  }

  /**
   * Whether the answer is there whole.
   *
   * @param bytes what has arrived, from index 0 to its position
   * @throws IllegalStateException if it is no success, or says no length
   */
  boolean isWhole(ByteBuffer bytes) {
    if (bodyStart == 0) {
      int headers = indexOf(bytes, 0, bytes.position(), HEADERS_END);
      if (headers < 0) {
        return false;
      }
      bodyStart = headers + HEADERS_END.length;
      end = bodyStart + bodyLength(text(bytes, 0, headers));
    }
    return bytes.position() >= end;
  }

  private static int bodyLength(String headers) {
    String lower = headers.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(LENGTH);
    if (!lower.startsWith("http/1.1 200") || at < 0) {
      throw new IllegalStateException("no answer to measure with: " + headers);
    }
    int lineEnd = lower.indexOf('\r', at);
    String length = lower.substring(at + LENGTH.length(), lineEnd < 0 ? lower.length() : lineEnd);
    return Integer.parseInt(length.trim());
  }

  /** The bytes that the whole answer has. */
  int length() {
    return end;
  }

  /** Whether the body names an error anywhere. */
  boolean isError(ByteBuffer bytes) {
    return indexOf(bytes, bodyStart, end, ERROR) >= 0;
  }

  String body(ByteBuffer bytes) {
    return text(bytes, bodyStart, end);
  }

  private static String text(ByteBuffer bytes, int from, int to) {
    byte[] copy = new byte[to - from];
    bytes.get(from, copy);
    return new String(copy, StandardCharsets.UTF_8);
  }

  private static int indexOf(ByteBuffer bytes, int from, int to, byte[] wanted) {
    for (int i = from; i <= to - wanted.length; i++) {
      if (startsWith(bytes, i, wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean startsWith(ByteBuffer bytes, int at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes.get(at + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
