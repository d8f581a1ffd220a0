package dev.klay.core.txpool;

import java.time.Duration;

/**
 * Bounds of a pool; Klaytn's defaults ({@code klaytn-fees.md} section 3) unless told otherwise.
 *
 * @param pendingMax transactions that could be executed now, of all accounts
 * @param queuedMax transactions that wait for an earlier nonce, of all accounts
 * @param queuedPerAccountMax of one account
 * @param queuedLifetime after which one that waits for an earlier nonce is dropped
 * @param readyLifetime after which one that could be executed, but was not, is dropped
 * @param sizeMaxBytes of one transaction's encoding
 * @param anchoringAllowed whether data anchoring may be submitted here
 */
public record PoolLimits(
    int pendingMax,
    int queuedMax,
    int queuedPerAccountMax,
    Duration queuedLifetime,
    Duration readyLifetime,
    int sizeMaxBytes,
    boolean anchoringAllowed) {
  public static final PoolLimits DEFAULT =
      new PoolLimits(65_536, 1024, 64, Duration.ofMinutes(5), Duration.ofHours(3), 131_072, true);

  public PoolLimits {
    if (pendingMax < 1 || queuedMax < 0 || queuedPerAccountMax < 0 || sizeMaxBytes < 1) {
      throw new IllegalArgumentException("a pool has room for at least one transaction");
    }
  }
}
