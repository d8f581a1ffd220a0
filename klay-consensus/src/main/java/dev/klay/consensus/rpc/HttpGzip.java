package dev.klay.consensus.rpc;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Bodies in gzip, in both directions. */
final class HttpGzip {
  static final String NAME = "gzip";

  /** Smaller answers fit a packet anyway. */
  private static final int COMPRESS_FROM_BYTES = 1_024;

  private static final int BUFFER_BYTES = 8_192;

  private HttpGzip() {}

  /** Whether a client that says so takes gzip. */
  static boolean isAccepted(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String each : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
      String coding = each.replace(" ", "");
      if (coding.equals(NAME)
          || (coding.startsWith("gzip;q=") && !coding.matches(".*=0(\\.0*)?"))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the body of a request is in gzip. */
  static boolean isUsed(HttpRequest request) {
    return request.headers().contains(HttpHeaderNames.CONTENT_ENCODING, NAME, true);
  }

  static boolean isWorthIt(byte[] body) {
    return body.length >= COMPRESS_FROM_BYTES;
  }

  /** Compresses fast rather than well. */
  static byte[] compress(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4);
    try (FastGzip gzip = new FastGzip(compressed)) {
      gzip.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // an array takes all
    }
    return compressed.toByteArray();
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /**
   * Expands a body, but no further than it may be: a bomb is not blown up.
   *
   * @return at most one byte more than the limit
   * @throws IOException if it is not gzip
   */
  static byte[] expand(byte[] body, int limitBytes) throws IOException {
    try (GZIPInputStream plain =
        new GZIPInputStream(new ByteArrayInputStream(body), BUFFER_BYTES)) {
      return plain.readNBytes(limitBytes + 1);
    }
  }
}
