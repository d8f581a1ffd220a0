package dev.klay.client.rpc;

/** Carries calls to a node and answers back. Safe for any thread; never blocks. */
interface RpcTransport extends AutoCloseable {
  /**
   * Sends a call, together with others where there are many. Its future fails with {@code
   * ChainUnavailableException} if no answer comes.
   */
  void send(RpcRequest request);

  /** Whether the node tells of new blocks by itself, to {@link HeadWatch#wake}. */
  boolean tellsHeads();

  @Override
  void close();
}
