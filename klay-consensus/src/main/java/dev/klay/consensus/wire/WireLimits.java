package dev.klay.consensus.wire;

import dev.klay.consensus.transport.Frame;

/**
 * Limits of frames, checked before anything is allocated ({@code consensus.md} section 14).
 *
 * @param blockSizeMaxBytes of a block's RLP, as the chain allows
 */
public record WireLimits(int blockSizeMaxBytes) {
  public static final int ROUND_MAX = 1 << 20;

  /** More validators no chain has. */
  public static final int VALIDATORS_MAX = 100;

  public static final int VOTE_BYTES_MAX = 1 << 10;
  public static final int BLOCKS_MAX = 128;
  public static final int TRANSACTIONS_MAX = 4096;

  /** A batch of transactions; anybody may send one at any time, so it is not as long as a block. */
  public static final int TRANSACTIONS_BYTES_MAX = 1 << 20;

  /** Of an announcement of transactions, and of a question for them. */
  static final int HASHES_BYTES_MAX = Frame.Announcement.MAX * 33 + 16;

  private static final int ATTACHMENTS_BYTES_MAX = 256 << 10;

  /** PROPOSAL, ROUND_CHANGE and what else carries blocks. */
  int largeBytesMax() {
    return blockSizeMaxBytes + ATTACHMENTS_BYTES_MAX;
  }

  /** How long a frame of this type may be; 0 for a type that does not exist. */
  public int bytesMax(int type) {
    return switch (type) {
      case FrameType.PREPARE, FrameType.COMMIT, FrameType.STATUS -> VOTE_BYTES_MAX;
      case FrameType.GET_BLOCKS, FrameType.GET_BLOCK -> VOTE_BYTES_MAX;
      case FrameType.PROPOSAL, FrameType.ROUND_CHANGE, FrameType.FINAL -> largeBytesMax();
      case FrameType.BLOCKS -> largeBytesMax();
      case FrameType.TRANSACTIONS -> Math.min(TRANSACTIONS_BYTES_MAX, largeBytesMax());
      case FrameType.ANNOUNCEMENT, FrameType.GET_TRANSACTIONS -> HASHES_BYTES_MAX;
      case FrameType.EVIDENCE -> 2 * largeBytesMax();
      default -> 0;
    };
  }
}
