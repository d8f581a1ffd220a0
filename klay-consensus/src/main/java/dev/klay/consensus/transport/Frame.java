package dev.klay.consensus.transport;

import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Status;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Hash;
import java.util.List;

/** What nodes send each other. Only {@link Vote} is signed by itself. */
public sealed interface Frame {
  /** A message of the protocol. */
  record Vote(Message message) implements Frame {}

  /**
   * What the sender knows of the height it decides.
   *
   * @param wallClockMillis the sender's clock
   */
  record Knowledge(Status status, long wallClockMillis) implements Frame {}

  /**
   * Asks for final blocks.
   *
   * @param from the first number
   * @param count how many at most
   * @param bytesMax of all together; one block comes whatever its size
   */
  record GetBlocks(long from, int count, int bytesMax) implements Frame {}

  /** Final blocks with their seals, ascending without gaps. */
  record FinalBlocks(List<FinalBlock> blocks) implements Frame {
    /** Most blocks in one frame. */
    public static final int MAX = 128;

    public FinalBlocks {
      blocks = List.copyOf(blocks);
    }
  }

  /** Asks for one block, final or proposed. */
  record GetBlock(long height, Hash hash) implements Frame {}

  /** One final block: news for rangers, the answer to {@link GetBlock}. */
  record Final(FinalBlock block) implements Frame {}

  /** Proof that a validator contradicted itself. */
  record Caught(Evidence evidence) implements Frame {}

  /** Of transactions that wait: nothing that a block waits for. */
  sealed interface OfTransactions extends Frame {}

  /** Hashes of transactions that the sender's pool has. */
  record Announcement(List<Hash> hashes) implements OfTransactions {
    /** Most hashes in one frame. */
    public static final int MAX = 256;

    public Announcement {
      hashes = List.copyOf(hashes);
    }
  }

  /** Asks for transactions that were announced; as many hashes as an announcement has. */
  record GetTransactions(List<Hash> hashes) implements OfTransactions {
    public GetTransactions {
      hashes = List.copyOf(hashes);
    }
  }

  /** Transactions for the pool. */
  record Transactions(List<SignedTx> transactions) implements OfTransactions {
    public Transactions {
      transactions = List.copyOf(transactions);
    }
  }
}
