package dev.klay.core.account;

/** What a signature is for. A role-based key has a member per role, at the role's ordinal. */
public enum Role {
  /** The sender of any transaction but an account update. */
  TRANSACTION,
  /** The sender of an account update. */
  ACCOUNT_UPDATE,
  /** The fee payer of any fee-delegated transaction. */
  FEE_PAYER
}
