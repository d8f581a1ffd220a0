package dev.klay.consensus.wire;

import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Status;
import dev.klay.consensus.transport.Frame;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The bytes of frames. A reader refuses every form but the one that a writer gives, and what is
 * longer than its type allows before it looks inside.
 *
 * <p>Bitmaps are little-endian bytes without trailing zero bytes.
 */
public final class FrameCodec {
  private static final int BITMAP_BYTES_MAX = (WireLimits.VALIDATORS_MAX + 7) / 8;

  private final MessageCodec messages;
  private final BlockFormat blocks;
  private final WireLimits limits;

  public FrameCodec(MessageCodec messages, BlockFormat blocks, WireLimits limits) {
    this.messages = messages;
    this.blocks = blocks;
    this.limits = limits;
  }

  // Writing

  public Bytes encode(Frame frame) {
    if (frame instanceof Frame.Vote vote) {
      return messages.encode(vote.message());
    }
    return RlpWriter.encodeList(w -> write(w, frame));
  }

  private void write(RlpWriter w, Frame frame) {
    if (frame instanceof Frame.Knowledge knowledge) {
      write(w, knowledge);
    } else if (frame instanceof Frame.GetBlocks get) {
      w.integer(FrameType.GET_BLOCKS).integer(get.from()).integer(get.count());
      w.integer(get.bytesMax());
    } else if (frame instanceof Frame.FinalBlocks found) {
      w.integer(FrameType.BLOCKS);
      w.list(list -> found.blocks().forEach(block -> list.raw(block.encode())));
    } else if (frame instanceof Frame.GetBlock get) {
      w.integer(FrameType.GET_BLOCK).integer(get.height()).hash(get.hash());
    } else if (frame instanceof Frame.Final made) {
      w.integer(FrameType.FINAL).raw(made.block().encode());
    } else if (frame instanceof Frame.Caught caught) {
      Evidence evidence = caught.evidence();
      w.integer(FrameType.EVIDENCE).integer(evidence.kind().ordinal());
      messages.write(w, evidence.first());
      messages.write(w, evidence.second());
    } else if (frame instanceof Frame.Announcement told) {
      w.integer(FrameType.ANNOUNCEMENT).list(list -> told.hashes().forEach(list::hash));
    } else if (frame instanceof Frame.GetTransactions get) {
      w.integer(FrameType.GET_TRANSACTIONS).list(list -> get.hashes().forEach(list::hash));
    } else if (frame instanceof Frame.Transactions txs) {
      w.integer(FrameType.TRANSACTIONS);
      w.list(list -> txs.transactions().forEach(tx -> list.bytes(tx.encode())));
    } else {
      throw new AssertionError("a frame that nobody writes: " + frame);
    }
  }

  private static void write(RlpWriter w, Frame.Knowledge knowledge) {
    Status status = knowledge.status();
    w.integer(FrameType.STATUS).integer(status.height()).hash(status.headHash());
    w.integer(status.round()).bool(status.proposalSeen());
    w.bytes(status.prepares().toByteArray());
    w.bytes(status.commits().toByteArray());
    w.bytes(status.roundChanges().toByteArray());
    w.integer(knowledge.wallClockMillis());
  }

  // Reading

  /**
   * Reads a frame.
   *
   * @throws DecodingException if it is anything else, or longer than its type allows
   */
  public Frame decode(Bytes encoded) {
    if (encoded.size() > 2 * limits.largeBytesMax()) {
      throw new DecodingException("a frame of " + encoded.size() + " bytes");
    }
    RlpReader fields = RlpReader.ofSingleList(encoded);
    int type = fields.readInt(0xff);
    if (encoded.size() > limits.bytesMax(type)) {
      throw new DecodingException("a frame of type " + type + " has " + encoded.size() + " bytes");
    }
    Frame frame = read(type, fields);
    fields.expectEnd();
    return frame;
  }

  private Frame read(int type, RlpReader fields) {
    return switch (type) {
      case FrameType.STATUS -> readStatus(fields);
      case FrameType.GET_BLOCKS ->
          new Frame.GetBlocks(
              fields.readLong(),
              fields.readInt(WireLimits.BLOCKS_MAX),
              fields.readInt(Integer.MAX_VALUE));
      case FrameType.BLOCKS -> readBlocks(fields.readList());
      case FrameType.GET_BLOCK -> new Frame.GetBlock(fields.readLong(), fields.readHash());
      case FrameType.FINAL -> new Frame.Final(blocks.decodeSealed(fields.readRaw()));
      case FrameType.EVIDENCE -> readEvidence(fields);
      case FrameType.TRANSACTIONS -> readTransactions(fields.readList());
      case FrameType.ANNOUNCEMENT -> new Frame.Announcement(readHashes(fields.readList()));
      case FrameType.GET_TRANSACTIONS -> new Frame.GetTransactions(readHashes(fields.readList()));
      default -> new Frame.Vote(messages.read(type, fields));
    };
  }

  private static Frame readStatus(RlpReader fields) {
    Status status =
        new Status(
            fields.readLong(),
            fields.readHash(),
            fields.readInt(WireLimits.ROUND_MAX),
            fields.readBoolean(),
            readBitmap(fields),
            readBitmap(fields),
            readBitmap(fields));
    return new Frame.Knowledge(status, fields.readLong());
  }

  private static BitSet readBitmap(RlpReader fields) {
    byte[] bytes = fields.readBytes().unsafeArray();
    if (bytes.length > BITMAP_BYTES_MAX || bytes.length > 0 && bytes[bytes.length - 1] == 0) {
      throw new DecodingException("a bitmap of " + bytes.length + " bytes");
    }
    return BitSet.valueOf(bytes);
  }

  private Frame readBlocks(RlpReader list) {
    List<FinalBlock> found = new ArrayList<>();
    while (list.hasNext()) {
      if (found.size() >= WireLimits.BLOCKS_MAX) {
        throw new DecodingException("more than " + found.size() + " blocks in a frame");
      }
      found.add(blocks.decodeSealed(list.readRaw()));
    }
    return new Frame.FinalBlocks(found);
  }

  private Frame readEvidence(RlpReader fields) {
    Evidence.Kind kind = Evidence.Kind.values()[fields.readInt(Evidence.Kind.values().length - 1)];
    return new Frame.Caught(new Evidence(kind, readInner(fields), readInner(fields)));
  }

  private Message readInner(RlpReader fields) {
    RlpReader inner = fields.readList();
    Message message = messages.read(inner.readInt(0xff), inner);
    inner.expectEnd();
    return message;
  }

  private static Frame readTransactions(RlpReader list) {
    List<SignedTx> found = new ArrayList<>();
    while (list.hasNext()) {
      if (found.size() >= WireLimits.TRANSACTIONS_MAX) {
        throw new DecodingException("more than " + found.size() + " transactions in a frame");
      }
      found.add(SignedTx.decode(list.readBytes()));
    }
    return new Frame.Transactions(found);
  }

  private static List<Hash> readHashes(RlpReader list) {
    List<Hash> found = new ArrayList<>();
    while (list.hasNext()) {
      if (found.size() >= Frame.Announcement.MAX) {
        throw new DecodingException("more than " + found.size() + " hashes in a frame");
      }
      found.add(list.readHash());
    }
    return found;
  }
}
