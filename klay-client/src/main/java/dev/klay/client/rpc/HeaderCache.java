package dev.klay.client.rpc;

import dev.klay.core.block.Header;
import dev.klay.crypto.primitive.Hash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The headers that were needed last; many receipts share one. */
final class HeaderCache {
  private static final int MAX = 256;

  private final Map<Hash, Header> headers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Header> eldest) {
          return size() > MAX;
        }
      };

  synchronized Optional<Header> get(Hash block) {
    return Optional.ofNullable(headers.get(block));
  }

  synchronized void put(Hash block, Header header) {
    headers.put(block, header);
  }
}
