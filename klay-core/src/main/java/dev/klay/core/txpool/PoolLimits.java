package dev.klay.core.txpool;

import java.time.Duration;

/**
 * Bounds of a pool; Klaytn's unless said otherwise ({@code klaytn-fees.md} section 3). A
 * transaction takes a slot for every 32 KiB of its encoding.
 *
 * @param readyPerAccount slots of transactions that could be executed now, which every account may
 *     keep when the pool is full
 * @param readyMax slots of all accounts; Klaytn has 4,096, too few for thousands of transactions a
 *     second
 * @param queuedMax slots of transactions that wait for an earlier nonce, of all accounts
 * @param queuedPerAccountMax of one account
 * @param queuedLifetime after which one that waits for an earlier nonce is dropped
 * @param readyLifetime after which one that could be executed, but was not, is dropped
 * @param sizeMaxBytes of one transaction's encoding
 * @param anchoringAllowed whether data anchoring may be submitted here; from peers it always comes
 * @param keepLocals whether accounts that submit here keep what waits for an earlier nonce, however
 *     long, and lose nothing when more is ready than may be
 */
public record PoolLimits(
    int readyPerAccount,
    int readyMax,
    int queuedMax,
    int queuedPerAccountMax,
    Duration queuedLifetime,
    Duration readyLifetime,
    int sizeMaxBytes,
    boolean anchoringAllowed,
    boolean keepLocals) {
  /** Bytes of a slot. */
  public static final int SLOT_BYTES = 32_768;

  public static final PoolLimits DEFAULT =
      new PoolLimits(
          16, 65_536, 1024, 64, Duration.ofMinutes(5), Duration.ofHours(3), 4 * SLOT_BYTES, false);

  /** Limits that hold for accounts that submit here, too. */
  public PoolLimits(
      int readyPerAccount,
      int readyMax,
      int queuedMax,
      int queuedPerAccountMax,
      Duration queuedLifetime,
      Duration readyLifetime,
      int sizeMaxBytes,
      boolean anchoringAllowed) {
    this(
        readyPerAccount,
        readyMax,
        queuedMax,
        queuedPerAccountMax,
        queuedLifetime,
        readyLifetime,
        sizeMaxBytes,
        anchoringAllowed,
        false);
  }

  public PoolLimits {
    if (readyPerAccount < 1
        || readyMax < 1
        || queuedMax < 0
        || queuedPerAccountMax < 0
        || sizeMaxBytes < 1) {
      throw new IllegalArgumentException("a pool has room for at least one transaction");
    }
  }

  /** All slots there are. */
  int slotsMax() {
    return readyMax + queuedMax;
  }

  /** The same where data anchoring may be submitted. */
  public PoolLimits withAnchoring() {
    return new PoolLimits(
        readyPerAccount,
        readyMax,
        queuedMax,
        queuedPerAccountMax,
        queuedLifetime,
        readyLifetime,
        sizeMaxBytes,
        true,
        keepLocals);
  }

  /** The same where accounts that submit here keep what they have; only all slots bound it. */
  public PoolLimits keepingLocals() {
    return new PoolLimits(
        readyPerAccount,
        readyMax,
        queuedMax,
        queuedPerAccountMax,
        queuedLifetime,
        readyLifetime,
        sizeMaxBytes,
        anchoringAllowed,
        true);
  }
}
