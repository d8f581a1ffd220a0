package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;

/** A block with the certificate that makes it final. */
public record FinalBlock(ProposedBlock block, CommitCertificate certificate) {
  public long number() {
    return block.number();
  }

  public Hash hash() {
    return block.hash();
  }

  /** The block's encoding with round and committed seals. */
  public Bytes encode() {
    return block.encodeSealed(certificate);
  }
}
