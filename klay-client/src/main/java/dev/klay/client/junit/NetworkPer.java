package dev.klay.client.junit;

/** How long a network of a {@link KlayTest} lives. */
public enum NetworkPer {
  /** For all tests of the class, each on a fork of the chain; fixtures are made once. */
  CLASS,
  /** For one test, from its genesis; fixtures are made for each. */
  METHOD
}
