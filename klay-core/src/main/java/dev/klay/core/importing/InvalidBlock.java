package dev.klay.core.importing;

/**
 * Why a block cannot be the next of a chain.
 *
 * @param detail for people, with the offending values
 */
public record InvalidBlock(Reason reason, String detail) {
  /** What is wrong; the name says which field. */
  public enum Reason {
    UNKNOWN_PARENT,
    NUMBER,
    PARENT_HASH,
    BLOCK_SCORE,
    TIME,
    EXTRA_DATA,
    VALIDATORS,
    PROPOSER_SEAL,
    COMMITTED_SEALS,
    BASE_FEE,
    RANDAO,
    RANDOM_REVEAL,
    MIX_HASH,
    VOTE,
    GOVERNANCE,
    /** Whose stakes count in the block is not known here. */
    STAKING,
    /** The block moves treasuries as no rule of this program says. */
    REBALANCE,
    SIZE,
    GAS_LIMIT,
    TRANSACTIONS_ROOT,
    TRANSACTION,
    GAS_USED,
    BLOOM,
    RECEIPTS_ROOT,
    STATE_ROOT,
    /** The state behind its parent was adjusted by hand, there or here. */
    ADJUSTED_STATE
  }

  @Override
  public String toString() {
    return reason + ": " + detail;
  }
}
