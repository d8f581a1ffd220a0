package dev.klay.consensus.metrics;

/**
 * Takes a node's measurements. Any thread may call; an implementation must never block, throw, or
 * call the node.
 */
public interface Metrics {
  /** A value as it is now. */
  void set(Gauge gauge, long value);

  /**
   * Something happened.
   *
   * @param label which kind of it, of a small fixed set; empty if there is one only
   */
  void count(Event event, String label);

  /** How long something took. */
  void time(Span span, long nanos);

  /** Values that go up and down. */
  enum Gauge {
    /** Number of the last final block. */
    HEIGHT,
    /** Round of the height that is being decided; above 0 somebody is slow or away. */
    ROUND,
    /** Links to other nodes. */
    PEERS,
    /** 1 while the node votes, else 0. */
    VOTING,
    /** Contradictions of validators that are kept as evidence. */
    EVIDENCE,
    /** How long the open height has had something to decide; 0 while there is nothing. */
    OPEN_SECONDS
  }

  /** Things that happen. */
  enum Event {
    /** A block became final here. */
    BLOCK,
    /** A block became final in a round above 0. */
    LATE_BLOCK,
    /**
     * A link or a frame was refused; labelled by {@code DropCause}, votes of who is no validator by
     * {@code NO_VALIDATOR}.
     */
    DROP,
    /** A call over JSON-RPC was answered, each of a batch, whatever the answer. */
    RPC_CALL,
    /** A validator was caught; labelled by the kind of contradiction. */
    EVIDENCE,
    /** A height stays open for more than ten base timeouts; counted once a round. */
    STALL,
    /** Labelled by the kind of alarm. */
    ALARM,
    /** A peer sent final blocks that are not. */
    BAN,
    /** The node signs nothing any more; labelled by the reason. */
    STOP
  }

  /** Things that take time. */
  enum Span {
    /** From seeing a proposal, or making it, to its block being final here. */
    PROPOSAL_TO_FINAL,
    /** Making a block. */
    BUILD,
    /** Executing and comparing another's block. */
    VALIDATE,
    /** Putting a final block on the chain, durably. */
    IMPORT,
    /** Making votes durable before they are sent. */
    LEDGER_SYNC
  }
}
