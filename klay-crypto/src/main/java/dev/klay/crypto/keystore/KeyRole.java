package dev.klay.crypto.keystore;

/**
 * What a key of a Klaytn account may sign. The order is that of a version 4 keystore and of a
 * role-based account key.
 */
public enum KeyRole {
  /** Ordinary transactions of the account. */
  TRANSACTION,
  /** Changes of the account's own key. */
  ACCOUNT_UPDATE,
  /** Paying fees of transactions that others send. */
  FEE_PAYER
}
