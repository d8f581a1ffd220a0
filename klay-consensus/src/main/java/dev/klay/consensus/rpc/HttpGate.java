package dev.klay.consensus.rpc;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in over HTTP, and with what. A Host that is no address, not localhost and not named
 * is refused, so that no page reaches a node by a name of its own (DNS rebinding); an Origin that
 * is not named may not open WebSockets.
 */
final class HttpGate {
  private static final String BEARER = "Bearer ";
  private static final Set<String> CONTENT_TYPES =
      Set.of("application/json", "application/json-rpc", "application/jsonrequest");

  private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private final RpcEndpoint endpoint;

  HttpGate(RpcEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Why a request is refused. */
  record Refusal(HttpResponseStatus status, String message) {}

  Optional<Refusal> check(FullHttpRequest request) {
    HttpHeaders headers = request.headers();
    if (!isHostAllowed(headers.get(HttpHeaderNames.HOST))) {
      return refuse(HttpResponseStatus.FORBIDDEN, "invalid host specified");
    }
    if (isPreflight(request)) {
      return Optional.empty(); // carries no token, as browsers have it
    }
    return isTokenRight(headers.get(HttpHeaderNames.AUTHORIZATION))
        ? Optional.empty()
        : refuse(HttpResponseStatus.UNAUTHORIZED, "a bearer token is wanted");
  }

  static boolean isPreflight(FullHttpRequest request) {
    return request.method().equals(HttpMethod.OPTIONS);
  }

  /** Whether a WebSocket may be opened. */
  Optional<Refusal> checkUpgrade(FullHttpRequest request) {
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    return origin == null || isOriginAllowed(origin)
        ? Optional.empty()
        : refuse(HttpResponseStatus.FORBIDDEN, "origin not allowed");
  }

  /** Whether a request can be one of JSON-RPC. */
  Optional<Refusal> checkPost(FullHttpRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      return refuse(HttpResponseStatus.METHOD_NOT_ALLOWED, "use POST");
    }
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    int parameters = type.indexOf(';');
    String plain = (parameters < 0 ? type : type.substring(0, parameters)).trim();
    if (!CONTENT_TYPES.contains(plain.toLowerCase(Locale.ROOT))) {
      return refuse(
          HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "the content type is application/json");
    }
    String coding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING, HttpGzip.NAME);
    return coding.equalsIgnoreCase(HttpGzip.NAME) || coding.equalsIgnoreCase("identity")
        ? Optional.empty()
        : refuse(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "the only content encoding is gzip");
  }

  boolean isOriginAllowed(String origin) {
    return endpoint.origins().contains("*") || endpoint.origins().contains(origin);
  }

  private boolean isHostAllowed(@Nullable String header) {
    if (header == null || header.isEmpty() || endpoint.hosts().contains("*")) {
      return true; // no browser leaves it out
    }
    String host = withoutPort(header).toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.startsWith("[")
        || ADDRESS.matcher(host).matches()
        || endpoint.hosts().contains(host);
  }

  private static String withoutPort(String header) {
    int colon = header.lastIndexOf(':');
    return colon > header.lastIndexOf(']') ? header.substring(0, colon) : header;
  }

  private boolean isTokenRight(@Nullable String header) {
    if (endpoint.token().isEmpty()) {
      return true;
    }
    if (header == null || !header.startsWith(BEARER)) {
      return false;
    }
    byte[] given = header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, endpoint.token().orElseThrow().bytes());
  }

  private static Optional<Refusal> refuse(HttpResponseStatus status, String message) {
    return Optional.of(new Refusal(status, message));
  }
}
