package dev.klay.consensus.wire;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.crypto.primitive.Bytes;

/** Reads the blocks of a chain; each is one RLP list. */
public interface BlockFormat {
  /**
   * Reads a block without committed seals.
   *
   * @throws dev.klay.crypto.DecodingException if it is none
   */
  ProposedBlock decode(Bytes encoded);

  /**
   * Reads a block with its certificate, whose seals are not checked here.
   *
   * @throws dev.klay.crypto.DecodingException if it is none
   */
  FinalBlock decodeSealed(Bytes encoded);
}
