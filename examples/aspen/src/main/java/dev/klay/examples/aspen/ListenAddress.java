package dev.klay.examples.aspen;

import dev.klay.consensus.KlayNetwork;
import dev.klay.consensus.rpc.RpcEndpoint;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Optional;

/**
 * Where a listener of the launcher is, or that there is none.
 *
 * @param endpoint empty for off
 */
record ListenAddress(Optional<RpcEndpoint> endpoint) {
  static final String OFF = "off";

  /** Reads HOST:PORT, with an IPv6 address in brackets, or off. */
  static ListenAddress parse(String flag, String text) {
    if (text.equals(OFF)) {
      return new ListenAddress(Optional.empty());
    }
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(flag + " is HOST:PORT or off, not " + text);
    }
    String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
    return new ListenAddress(Optional.of(RpcEndpoint.of(host, Integer.parseInt(port))));
  }

  void addTo(KlayNetwork.Builder network) {
    endpoint.ifPresent(network::rpc);
  }

  /** The address with the port that it got, the next of those that were bound. */
  String shown(Iterator<InetSocketAddress> bound) {
    return endpoint.map(e -> e.host() + ":" + bound.next().getPort()).orElse(OFF);
  }
}
