package dev.klay.client;

/** The ways to a chain. One suite of tests holds them to the same. */
public enum Connection {
  IN_PROCESS,
  HTTP,
  WEB_SOCKET
}
