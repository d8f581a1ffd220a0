package dev.klay.core.txpool;

/**
 * What waits in all accounts together. An account that changes is subtracted before and added
 * after. Belongs to its pool, under its lock.
 */
final class PoolTotals {
  private int ready;
  private int queued;
  private int readySlots;
  private int queuedSlots;

  void add(AccountTxs account) {
    change(account, 1);
  }

  void subtract(AccountTxs account) {
    change(account, -1);
  }

  private void change(AccountTxs account, int sign) {
    ready += sign * account.readyCount();
    queued += sign * account.queuedCount();
    readySlots += sign * account.readySlots();
    queuedSlots += sign * account.queuedSlots();
  }

  void clear() {
    ready = 0;
    queued = 0;
    readySlots = 0;
    queuedSlots = 0;
  }

  /** Number of transactions that could be executed now. */
  int ready() {
    return ready;
  }

  /** Number of those that wait for an earlier nonce. */
  int queued() {
    return queued;
  }

  int readySlots() {
    return readySlots;
  }

  int queuedSlots() {
    return queuedSlots;
  }

  int slots() {
    return readySlots + queuedSlots;
  }
}
