package dev.klay.consensus.node;

import dev.klay.consensus.Stall;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.crypto.primitive.Address;

/** Is told what a node does, in its thread. Must not call back into it. */
public interface NodeListener {
  /** The block is the head now. */
  void imported(FinalBlock block);

  /** A validator was caught; told once of each contradiction. */
  void caught(Evidence evidence);

  /**
   * Two certificates for different blocks at one height: the chain has more faults than it bears.
   */
  void forked(FinalBlock ours, FinalBlock theirs);

  /** The node signs nothing any more. */
  void stopped(Effect.StopReason reason, String detail);

  /** Something that an operator should look at. */
  void alarm(Alarm alarm, String detail);

  /** A height stays open; told once a round of it. */
  void stalled(Stall stall);

  /** A peer sent final blocks that are not; it is not asked for a while. */
  void banned(Address peer, String why);

  /** Somebody signed a message of the protocol who is no validator; it counts for nothing. */
  void strangerVoted(Message message);

  /** Kinds of alarms. */
  enum Alarm {
    /** The key's ledger is missing or an old copy: the node follows until it may safely vote. */
    AMNESIA,
    /** The chain lost blocks that the ledger knows of: the node follows until it has them again. */
    CHAIN_BEHIND_LEDGER,
    /** The clock here differs from the others' by more than half of what blocks may. */
    CLOCK_DRIFT,
    /** It differs by more than blocks may: the node makes none until it is right again. */
    CLOCK
  }
}
