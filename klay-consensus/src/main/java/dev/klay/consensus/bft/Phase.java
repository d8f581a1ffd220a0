package dev.klay.consensus.bft;

/** How far a round has come. */
enum Phase {
  /** The block period is not over. */
  WAIT_PERIOD,
  /** There is nothing to put into a block. */
  WAIT_WORK,
  WAIT_PROPOSAL,
  VALIDATING,
  PREPARING,
  COMMITTING,
  /** Decided; the block is on its way to the chain. */
  IMPORTING
}
