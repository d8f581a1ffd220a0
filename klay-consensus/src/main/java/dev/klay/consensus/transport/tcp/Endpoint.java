package dev.klay.consensus.transport.tcp;

import java.net.InetSocketAddress;

/**
 * Where something listens, as {@code HOST:PORT}; an IPv6 address stands in brackets.
 *
 * @param port 0 to 65535; 0 lets the system choose one that is free
 */
public record Endpoint(String host, int port) {
  public Endpoint {
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not HOST:PORT: " + host + ":" + port);
    }
  }

  /**
   * Reads {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    String port = text.substring(colon + 1);
    if (bare.isBlank() || !bracketed && bare.contains(":") || !port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("not HOST:PORT, such as 10.0.0.1:32323: " + text);
    }
    return new Endpoint(bare, Integer.parseInt(port));
  }

  InetSocketAddress unresolved() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
