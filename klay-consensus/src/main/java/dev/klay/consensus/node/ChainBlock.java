package dev.klay.consensus.node;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.wire.BlockFormat;
import dev.klay.core.block.Block;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import java.util.List;

/** A block of the chain as the machine sees it: without round and committed seals. */
record ChainBlock(Block block) implements ProposedBlock {
  /** Reads and writes blocks of our own chains. */
  static final BlockFormat FORMAT =
      new BlockFormat() {
        @Override
        public ProposedBlock decode(Bytes encoded) {
          Block block = Block.decode(SealRule.KLAY_QBFT, encoded);
          ExtraData extra = block.header().extraData();
          if (!extra.committedSeals().isEmpty() || extra.round(SealRule.KLAY_QBFT) != 0) {
            throw new DecodingException("a proposed block has committed seals or a round");
          }
          return new ChainBlock(block);
        }

        @Override
        public FinalBlock decodeSealed(Bytes encoded) {
          return ofSealed(Block.decode(SealRule.KLAY_QBFT, encoded));
        }
      };

  /** A block with its certificate as two parts. */
  static FinalBlock ofSealed(Block sealed) {
    ExtraData extra = sealed.header().extraData();
    CommitCertificate certificate =
        new CommitCertificate(
            sealed.number(),
            extra.round(SealRule.KLAY_QBFT),
            sealed.hash(),
            extra.committedSeals());
    return new FinalBlock(
        new ChainBlock(sealed.withExtra(extra.forBlockHash(SealRule.KLAY_QBFT))), certificate);
  }

  /** The block with the certificate in its extra data. */
  Block sealedBy(CommitCertificate certificate) {
    ExtraData extra =
        block
            .header()
            .extraData()
            .withRound(SealRule.KLAY_QBFT, certificate.round())
            .withCommittedSeals(List.copyOf(certificate.seals()));
    return block.withExtra(extra);
  }

  @Override
  public long number() {
    return block.number();
  }

  @Override
  public Hash hash() {
    return block.hash();
  }

  @Override
  public Hash parentHash() {
    return block.header().parentHash();
  }

  @Override
  public long timestampMillis() {
    return block.header().timestampMillis();
  }

  @Override
  public Address builder() {
    return block.author();
  }

  @Override
  public Bytes encode() {
    return block.encode();
  }

  @Override
  public Bytes encodeSealed(CommitCertificate certificate) {
    return sealedBy(certificate).encode();
  }
}
