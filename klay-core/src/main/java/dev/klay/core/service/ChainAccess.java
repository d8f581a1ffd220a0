package dev.klay.core.service;

/** Something that has a chain to offer: a node, a network, a service itself. */
public interface ChainAccess {
  ChainService service();
}
