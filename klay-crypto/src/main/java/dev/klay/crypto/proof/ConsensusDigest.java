package dev.klay.crypto.proof;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What the messages of {@code klay-qbft/1} sign: keccak256 over RLP(["klay-qbft/1", genesisHash,
 * type, height, round, field]), {@code consensus.md} section 3. Chain, height and round are inside
 * so that no signature can be moved to another place.
 */
public final class ConsensusDigest {
  public static final int PROPOSAL = 0x12;
  public static final int PREPARE = 0x13;
  public static final int COMMIT = 0x14;
  public static final int ROUND_CHANGE = 0x15;

  private static final byte[] DOMAIN = SealRule.KLAY_QBFT.id().getBytes(StandardCharsets.US_ASCII);

  private ConsensusDigest() {}

  /** The digest of a PROPOSAL, PREPARE or COMMIT for a block. A COMMIT's is its committed seal. */
  public static Hash ofBlock(int type, Hash genesisHash, long height, int round, Hash blockHash) {
    return digest(type, genesisHash, height, round, w -> w.hash(blockHash));
  }

  /** The digest of a ROUND_CHANGE by a node that is prepared for nothing. */
  public static Hash ofRoundChange(Hash genesisHash, long height, int round) {
    return digest(ROUND_CHANGE, genesisHash, height, round, w -> w.beginList().endList());
  }

  /** The digest of a ROUND_CHANGE that claims a prepared block. */
  public static Hash ofRoundChange(
      Hash genesisHash, long height, int round, int preparedRound, Hash preparedHash) {
    return digest(
        ROUND_CHANGE,
        genesisHash,
        height,
        round,
        w -> w.list(claim -> claim.integer(preparedRound).hash(preparedHash)));
  }

  private static Hash digest(
      int type, Hash genesisHash, long height, int round, Consumer<RlpWriter> field) {
    Bytes preimage =
        RlpWriter.encodeList(
            w ->
                field.accept(
                    w.bytes(DOMAIN)
                        .hash(genesisHash)
                        .integer(type)
                        .integer(height)
                        .integer(Integer.toUnsignedLong(round)))); // whatever an extra data says
    return Keccak256.hash(preimage);
  }
}
