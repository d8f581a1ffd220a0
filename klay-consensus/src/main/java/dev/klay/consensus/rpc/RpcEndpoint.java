package dev.klay.consensus.rpc;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where a node listens for JSON-RPC, over HTTP/1.1 and WebSocket on one port, and who may ask.
 * Closed unless opened: loopback only, no other web page, no other host name. Immutable.
 *
 * <pre>{@code
 * RpcEndpoint open = RpcEndpoint.of("0.0.0.0", 8551).withHost("node.example").withToken(secret);
 * }</pre>
 *
 * @param port 0 for any that is free
 * @param origins of web pages that may ask, such as {@code https://app.example}; {@code *} for all
 * @param hosts names in requests' Host beside localhost and addresses; {@code *} for all
 * @param tls certificate and key; empty for plain text
 * @param token that every request must bear; empty for none
 */
public record RpcEndpoint(
    String host,
    int port,
    Set<String> origins,
    Set<String> hosts,
    Optional<Tls> tls,
    Optional<Token> token) {
  private static final int TOKEN_MIN = 16;

  /**
   * A server's certificate.
   *
   * @param certificateChain PEM
   * @param key PKCS #8 in PEM, not encrypted
   */
  public record Tls(Path certificateChain, Path key) {}

  /** A secret; its text is nowhere shown. */
  public static final class Token {
    private final byte[] text;

    Token(String text) {
      this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
      return text;
    }

    @Override
    public String toString() {
      return "Token";
    }
  }

  public RpcEndpoint {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    origins = Set.copyOf(origins);
    hosts = Set.copyOf(hosts);
  }

  /** A port of this machine that only this machine reaches. */
  public static RpcEndpoint loopback(int port) {
    return of("127.0.0.1", port);
  }

  /** A port on an address of this machine. */
  public static RpcEndpoint of(String host, int port) {
    return new RpcEndpoint(host, port, Set.of(), Set.of(), Optional.empty(), Optional.empty());
  }

  /** The same where pages of this origin may ask, too. */
  public RpcEndpoint withOrigin(String origin) {
    return new RpcEndpoint(host, port, plus(origins, origin), hosts, tls, token);
  }

  /** The same under one more host name. */
  public RpcEndpoint withHost(String name) {
    return new RpcEndpoint(host, port, origins, plus(hosts, name), tls, token);
  }

  private static Set<String> plus(Set<String> set, String more) {
    Set<String> all = new LinkedHashSet<>(set);
    all.add(more);
    return all;
  }

  /** The same with TLS 1.2 or 1.3. */
  public RpcEndpoint withTls(Path certificateChain, Path key) {
    return new RpcEndpoint(
        host, port, origins, hosts, Optional.of(new Tls(certificateChain, key)), token);
  }

  /**
   * The same where every request must carry {@code Authorization: Bearer} and this secret.
   *
   * @throws IllegalArgumentException if it is shorter than 16 characters
   */
  public RpcEndpoint withToken(String secret) {
    if (secret.length() < TOKEN_MIN) {
      throw new IllegalArgumentException(
          "a token has at least " + TOKEN_MIN + " characters, not " + secret.length());
    }
    return new RpcEndpoint(host, port, origins, hosts, tls, Optional.of(new Token(secret)));
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }
}
