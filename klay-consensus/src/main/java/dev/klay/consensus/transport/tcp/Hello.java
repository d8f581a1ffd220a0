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
 * role, height, minor]).
 *
 * <p>Nodes of one version understand each other whatever their minor is, so that a network can be
 * upgraded one node after the other: a later minor only adds fields behind these, which an earlier
 * one does not look at, and sends to an earlier one nothing that it does not know. What cannot be
 * added in this way is another version, and versions do not link.
 *
 * @param minor 0 where a Hello ends before it
 * @param parametersHash of what the nodes of a chain agree on beyond its genesis block
 * @param role what the sender is by its own word
 * @param height of its last final block
 */
record Hello(
    int version,
    int minor,
    long chainId,
    Hash genesisHash,
    Hash parametersHash,
    NodeRole role,
    long height) {
  static final int TYPE = 0x10;
  static final int VERSION = 1;
  static final int MINOR = 1;

  /** From this one on a peer is told of transactions by their hashes. */
  static final int MINOR_WITH_HASHES = 1;

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
                .integer(height)
                .integer(minor));
  }

  /**
   * Reads a Hello. What a later version has behind the version is not looked at, nor what a later
   * minor has behind these fields.
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
      return new Hello(version, 0, 0, Hash.ZERO, Hash.ZERO, NodeRole.RANGER, 0);
    }
    long chainId = fields.readLong();
    Hash genesisHash = fields.readHash();
    Hash parametersHash = fields.readHash();
    NodeRole role = NodeRole.values()[fields.readInt(NodeRole.values().length - 1)];
    long height = fields.readLong();
    int minor = fields.hasNext() ? fields.readInt(Integer.MAX_VALUE) : 0;
    return new Hello(version, minor, chainId, genesisHash, parametersHash, role, height);
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

  /** What is spoken, as in 1.0. */
  String protocol() {
    return version + "." + minor;
  }
}
