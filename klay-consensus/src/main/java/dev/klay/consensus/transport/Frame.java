package dev.klay.consensus.transport;

import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Status;
import dev.klay.core.block.Block;
import dev.klay.core.transaction.SignedTx;
import java.util.List;

/** What nodes send each other. Only {@link Vote} is signed by itself. */
public sealed interface Frame {
  /** A message of the protocol. */
  record Vote(Message message) implements Frame {}

  /** What the sender knows of the height it decides. */
  record Knowledge(Status status) implements Frame {}

  /** Final blocks with their seals, ascending without gaps. */
  record FinalBlocks(List<Block> blocks) implements Frame {
    /** Most blocks in one frame. */
    public static final int MAX = 128;

    public FinalBlocks {
      blocks = List.copyOf(blocks);
    }
  }

  /** Asks for final blocks from this number on. */
  record BlockRequest(long from) implements Frame {}

  /** Transactions for the pool. */
  record Transactions(List<SignedTx> transactions) implements Frame {
    public Transactions {
      transactions = List.copyOf(transactions);
    }
  }
}
