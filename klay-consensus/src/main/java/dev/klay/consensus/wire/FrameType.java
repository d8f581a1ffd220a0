package dev.klay.consensus.wire;

import dev.klay.crypto.proof.ConsensusDigest;

/** Type codes of frames ({@code consensus.md} section 3). */
public final class FrameType {
  public static final int PROPOSAL = ConsensusDigest.PROPOSAL;
  public static final int PREPARE = ConsensusDigest.PREPARE;
  public static final int COMMIT = ConsensusDigest.COMMIT;
  public static final int ROUND_CHANGE = ConsensusDigest.ROUND_CHANGE;
  public static final int STATUS = 0x20;
  public static final int GET_BLOCKS = 0x21;
  public static final int BLOCKS = 0x22;
  public static final int GET_BLOCK = 0x23;
  public static final int FINAL = 0x24;
  public static final int EVIDENCE = 0x25;
  public static final int TRANSACTIONS = 0x26;
  public static final int ANNOUNCEMENT = 0x27;
  public static final int GET_TRANSACTIONS = 0x28;

  private FrameType() {}
}
