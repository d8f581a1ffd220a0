package dev.klay.consensus.rpc;

import java.util.Optional;

/**
 * What a server answers to GET beside JSON-RPC: pages for who watches the node. The same hosts may
 * ask, with the same token. Called by the threads that read sockets, so it must take microseconds.
 */
@FunctionalInterface
public interface HttpPages {
  /** No page. */
  HttpPages NONE = path -> Optional.empty();

  /** The page of a path, without its query; empty if there is none. */
  Optional<Page> page(String path);

  /**
   * A page.
   *
   * @param status of HTTP
   * @param type of the text, such as {@code application/json}
   */
  record Page(int status, String type, String text) {}
}
