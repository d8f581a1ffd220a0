package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.NodeRole;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/**
 * The first frame of a link, each way: RLP([0x10, version, chainId, genesisHash, parametersHash,
 * role, height]).
 *
 * @param parametersHash of what the nodes of a chain agree on beyond its genesis block
 * @param role what the sender is by its own word
 * @param height of its last final block
 */
record Hello(
    int version, long chainId, Hash genesisHash, Hash parametersHash, NodeRole role, long height) {
  static final int TYPE = 0x10;
  static final int VERSION = 1;

  /** Longer than any Hello, of later versions too. */
  static final int SIZE_BYTES_MAX = 1 << 10;

  Bytes encode() {
    return RlpWriter.encodeList(
        w ->
            w.integer(TYPE)
                .integer(version)
                .integer(chainId)
                .hash(genesisHash)
                .hash(parametersHash)
                .integer(role.ordinal())
                .integer(height));
  }

  /**
   * Reads a Hello. What a later version has behind the version is not looked at.
   *
   * @throws DecodingException if it is none
   */
  static Hello decode(Bytes encoded) {
    RlpReader fields = RlpReader.ofSingleList(encoded);
    int type = fields.readInt(0xff);
    if (type != TYPE) {
      throw new DecodingException("the first frame is a Hello, not of type " + type);
    }
    int version = fields.readInt(Integer.MAX_VALUE);
    if (version != VERSION) {
      return new Hello(version, 0, Hash.ZERO, Hash.ZERO, NodeRole.RANGER, 0);
    }
    Hello hello =
        new Hello(
            version,
            fields.readLong(),
            fields.readHash(),
            fields.readHash(),
            NodeRole.values()[fields.readInt(NodeRole.values().length - 1)],
            fields.readLong());
    fields.expectEnd();
    return hello;
  }

  /** Why whoever says this cannot be a peer of who says the other. */
  Optional<DropCause> conflictWith(Hello own) {
    if (version != own.version) {
      return Optional.of(DropCause.WRONG_VERSION);
    }
    if (chainId != own.chainId) {
      return Optional.of(DropCause.WRONG_CHAIN);
    }
    if (!genesisHash.equals(own.genesisHash)) {
      return Optional.of(DropCause.WRONG_GENESIS);
    }
    return parametersHash.equals(own.parametersHash)
        ? Optional.empty()
        : Optional.of(DropCause.WRONG_PARAMETERS);
  }
}
