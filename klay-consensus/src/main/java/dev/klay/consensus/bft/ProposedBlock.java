package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;

/** What the machine needs to know of a block that is being agreed on. */
public interface ProposedBlock {
  long number();

  /** Identity of the block; without round and committed seals. */
  Hash hash();

  Hash parentHash();

  long timestampMillis();

  /**
   * Who made it, recovered from the proposer seal.
   *
   * @throws dev.klay.crypto.DecodingException if it has no such seal
   */
  Address builder();

  /** The block's encoding without committed seals. */
  Bytes encode();

  /** The block's encoding with the round and the seals of a certificate. */
  Bytes encodeSealed(CommitCertificate certificate);
}
