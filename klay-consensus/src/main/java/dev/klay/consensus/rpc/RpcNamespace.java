package dev.klay.consensus.rpc;

/** Methods that belong together. */
@FunctionalInterface
public interface RpcNamespace {
  /** Adds its methods under their full names, such as {@code eth_chainId}. */
  void addTo(RpcMethods table);
}
