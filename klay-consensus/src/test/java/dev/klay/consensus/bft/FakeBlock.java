package dev.klay.consensus.bft;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import dev.klay.crypto.rlp.RlpWriter;

/** A block without transactions, told apart by a salt. */
record FakeBlock(long number, Hash parentHash, long timestampMillis, Address builder, long salt)
    implements ProposedBlock {
  @Override
  public Hash hash() {
    return Keccak256.hash(encode());
  }

  @Override
  public Bytes encode() {
    return RlpWriter.encodeList(
        w ->
            w.integer(number)
                .hash(parentHash)
                .integer(timestampMillis)
                .address(builder)
                .integer(salt));
  }

  @Override
  public Bytes encodeSealed(CommitCertificate certificate) {
    return encode();
  }
}
