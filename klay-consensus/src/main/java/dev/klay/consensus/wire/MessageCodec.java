package dev.klay.consensus.wire;

import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.PreparedClaim;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signed messages: RLP([type, height, round, field, signature, attachments...]). The signer is
 * recovered, never stated. What is read is the one encoding of what it says, or it is refused.
 */
public final class MessageCodec {
  private final Hash genesisHash;
  private final SignerRecovery recovery;
  private final BlockFormat blocks;

  public MessageCodec(Hash genesisHash, SignerRecovery recovery, BlockFormat blocks) {
    this.genesisHash = genesisHash;
    this.recovery = recovery;
    this.blocks = blocks;
  }

  // Writing

  public Bytes encode(Message message) {
    RlpWriter writer = new RlpWriter();
    write(writer, message);
    return writer.toBytes();
  }

  void write(RlpWriter w, Message message) {
    w.beginList();
    if (message instanceof Proposal proposal) {
      writeHead(w, FrameType.PROPOSAL, proposal, proposal.hash());
      w.raw(proposal.block().encode());
      w.list(list -> proposal.roundChanges().forEach(change -> writeAlone(list, change)));
      w.list(list -> proposal.prepares().forEach(prepare -> write(list, prepare)));
    } else if (message instanceof Prepare prepare) {
      writeHead(w, FrameType.PREPARE, prepare, prepare.hash());
    } else if (message instanceof Commit commit) {
      writeHead(w, FrameType.COMMIT, commit, commit.hash());
    } else if (message instanceof RoundChange change) {
      writeHead(w, change);
      w.list(list -> change.prepares().forEach(prepare -> write(list, prepare)));
      change.block().ifPresent(block -> w.raw(block.encode()));
    } else {
      throw new AssertionError("a message that nobody writes: " + message);
    }
    w.endList();
  }

  private static void writeHead(RlpWriter w, int type, Message message, Hash field) {
    w.integer(type).integer(message.height()).integer(message.round()).hash(field);
    w.bytes(message.signature());
  }

  private static void writeHead(RlpWriter w, RoundChange change) {
    w.integer(FrameType.ROUND_CHANGE).integer(change.height()).integer(change.round());
    w.list(field -> change.claim().ifPresent(c -> field.integer(c.round()).hash(c.hash())));
    w.bytes(change.signature());
  }

  private static void writeAlone(RlpWriter w, RoundChange change) {
    w.beginList();
    writeHead(w, change);
    w.endList();
  }

  // Reading

  /**
   * Reads a message and recovers its signer, and those of all that it carries.
   *
   * @throws DecodingException if it is anything else
   */
  public Message decode(Bytes encoded) {
    RlpReader fields = RlpReader.ofSingleList(encoded);
    Message message = read(fields.readInt(0xff), fields);
    fields.expectEnd();
    return message;
  }

  Message read(int type, RlpReader fields) {
    long height = fields.readLong();
    int round = fields.readInt(WireLimits.ROUND_MAX);
    return switch (type) {
      case FrameType.PROPOSAL -> readProposal(height, round, fields);
      case FrameType.PREPARE -> {
        Hash hash = fields.readHash();
        Signed by = sealed(type, height, round, hash, fields);
        yield new Prepare(height, round, hash, by.signer(), by.signature());
      }
      case FrameType.COMMIT -> {
        Hash hash = fields.readHash();
        Signed by = sealed(type, height, round, hash, fields);
        yield new Commit(height, round, hash, by.signer(), by.signature());
      }
      case FrameType.ROUND_CHANGE -> readRoundChange(height, round, fields);
      default -> throw new DecodingException("no signed message has type " + type);
    };
  }

  private record Signed(Address signer, Bytes signature) {}

  private Signed sealed(int type, long height, int round, Hash hash, RlpReader fields) {
    return signed(ConsensusDigest.ofBlock(type, genesisHash, height, round, hash), fields);
  }

  private Signed signed(Hash digest, RlpReader fields) {
    Bytes signature = fields.readBytes(65);
    return new Signed(recovery.recover(digest, signature), signature);
  }

  private Proposal readProposal(long height, int round, RlpReader fields) {
    Hash hash = fields.readHash();
    Signed by = sealed(FrameType.PROPOSAL, height, round, hash, fields);
    ProposedBlock block = blocks.decode(fields.readRaw());
    List<RoundChange> changes = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      ensureFew(changes.size());
      RlpReader head = list.readList();
      expect(FrameType.ROUND_CHANGE, head);
      changes.add(readAlone(head.readLong(), head.readInt(WireLimits.ROUND_MAX), head));
      head.expectEnd();
    }
    return new Proposal(
        height, round, hash, by.signer(), by.signature(), block, changes, readPrepares(fields));
  }

  private RoundChange readRoundChange(long height, int round, RlpReader fields) {
    RoundChange head = readAlone(height, round, fields);
    List<Prepare> prepares = readPrepares(fields);
    Optional<ProposedBlock> block =
        fields.hasNext() ? Optional.of(blocks.decode(fields.readRaw())) : Optional.empty();
    return new RoundChange(
        height, round, head.claim(), head.author(), head.signature(), prepares, block);
  }

  private RoundChange readAlone(long height, int round, RlpReader fields) {
    RlpReader field = fields.readList();
    Optional<PreparedClaim> claim =
        field.hasNext()
            ? Optional.of(new PreparedClaim(field.readInt(WireLimits.ROUND_MAX), field.readHash()))
            : Optional.empty();
    field.expectEnd();
    Hash digest =
        claim
            .map(
                c -> ConsensusDigest.ofRoundChange(genesisHash, height, round, c.round(), c.hash()))
            .orElseGet(() -> ConsensusDigest.ofRoundChange(genesisHash, height, round));
    Signed by = signed(digest, fields);
    return new RoundChange(
        height, round, claim, by.signer(), by.signature(), List.of(), Optional.empty());
  }

  private List<Prepare> readPrepares(RlpReader fields) {
    List<Prepare> prepares = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      ensureFew(prepares.size());
      RlpReader vote = list.readList();
      expect(FrameType.PREPARE, vote);
      prepares.add((Prepare) read(FrameType.PREPARE, vote));
      vote.expectEnd();
    }
    return prepares;
  }

  private static void expect(int type, RlpReader fields) {
    int found = fields.readInt(0xff);
    if (found != type) {
      throw new DecodingException("expected a message of type " + type + ", found " + found);
    }
  }

  private static void ensureFew(int count) {
    if (count >= WireLimits.VALIDATORS_MAX) {
      throw new DecodingException("more than " + count + " attached messages");
    }
  }
}
