package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import java.util.List;

/** What a driver must do, in the order of the list. */
public sealed interface Effect {
  /** Append to the vote ledger; what follows in the list waits until it is durable. */
  record Persist(LedgerRecord record) implements Effect {}

  /** Send to every other validator of the height. */
  record Broadcast(Message message) implements Effect {}

  /** Send to one validator. */
  record Send(Address to, Message message) implements Effect {}

  /** Tell every other validator what is known: the machine's status when this is performed. */
  record BroadcastStatus() implements Effect {}

  /** Answered by {@link Event.TimerFired}. */
  record SetTimer(TimerId timer, long delayMillis) implements Effect {}

  record CancelTimer(TimerId timer) implements Effect {}

  /**
   * Make a block on the parent and seal it; answered by {@link Event.BlockBuilt}.
   *
   * @param earliestMillis its timestamp at least
   */
  record Build(long height, int round, Parent parent, long earliestMillis) implements Effect {}

  /** Execute the block; answered by {@link Event.BlockValidated}. */
  record Validate(ProposedBlock block) implements Effect {}

  /** Put the final block on the chain; answered by {@link Event.BlockImported}. */
  record Import(ProposedBlock block, CommitCertificate certificate) implements Effect {}

  /** A quorum committed a block that is not here; ask those peers for it. */
  record Fetch(long height, Hash hash, List<Address> peers) implements Effect {}

  /** A validator was caught. */
  record Report(Evidence evidence) implements Effect {}

  /** The machine signs and imports nothing any more until an operator acts. */
  record Stop(StopReason reason, String detail) implements Effect {}

  /** Why a machine stopped. */
  enum StopReason {
    /** A quorum committed a block that is invalid here. */
    LOCAL_DIVERGENCE,
    /** Two certificates for different blocks at one height. */
    FORK,
    /** Somebody else signs with this node's key. */
    TWIN_KEY,
    /** The vote ledger is damaged in front of its end: what was signed is not known. */
    LEDGER_CORRUPT,
    /** A write, a sync or a read failed: nobody knows what is durable. */
    STORAGE_FAULT,
    /** A step failed for a reason nobody foresaw. */
    INTERNAL_ERROR
  }
}
