package dev.klay.crypto.proof;

/** How blocks of a chain are sealed; fixed by the chain's specification. */
public enum SealRule {
  /**
   * Klaytn's Istanbul BFT: a committed seal signs {@code keccak(blockHash || 0x02)}, the round is
   * the last vanity byte. For importing Klaytn's own chains.
   */
  ISTANBUL("istanbul", 1),

  /**
   * Ours: a committed seal signs chain, height, round and block hash; the round is the last four
   * vanity bytes, big-endian.
   */
  KLAY_QBFT("klay-qbft/1", 4);

  private final String id;
  private final int roundBytes;

  SealRule(String id, int roundBytes) {
    this.id = id;
    this.roundBytes = roundBytes;
  }

  /** The name in chain specifications and, for {@link #KLAY_QBFT}, in signing preimages. */
  public String id() {
    return id;
  }

  /** How many of the last vanity bytes hold the round and are zeroed before hashing. */
  int roundBytes() {
    return roundBytes;
  }
}
