package dev.klay.consensus.simulation;

import java.util.List;

/**
 * One fault of a run, as data: it can be printed, left out and replayed.
 *
 * @param atMillis virtual time since the start
 * @param forMillis until it ends, where it does
 * @param node whom it hits, or the seed of a choice among several
 * @param size how bad it is, by kind
 */
public record PlannedFault(long atMillis, long forMillis, Kind kind, int node, double size) {
  /** What may go wrong. */
  public enum Kind {
    SLOW_LINKS,
    LOSS,
    DUPLICATES,
    SPIKES,
    NARROW_LINKS,
    PARTITION,
    ONE_WAY,
    ISOLATION,
    LEADER_ISOLATION,
    BRIDGE,
    RING,
    FLAPPING,
    SWIZZLE,
    TYPED_LOSS,
    RESET,
    CRASH,
    CRASH_ALL,
    ROLLING_RESTART,
    DISK_CALL_CRASH,
    PAUSE,
    SLOW_DISK,
    FAILING_SYNC,
    FULL_DISK,
    SLOW_CPU,
    CLOCK_SKEW,
    CLOCK_JUMP,
    CLOCK_FREEZE,
    ADD_BALLOT,
    REMOVE_BALLOT,
    // of validators that count among the faulty ones:
    WIPE,
    ROLLBACK,
    LOST_BLOCKS,
    CORRUPT_LEDGER,
    EQUIVOCATION,
    INVALID_BLOCKS,
    SHIFTED_TIME,
    SILENCE,
    PARTIAL_SILENCE,
    LATENESS,
    DRIPPING,
    VOTE_SPLITTING,
    FALSE_CLAIMS,
    IGNORED_LOCKS,
    MUTATION,
    FLOODING,
    FALSE_SYNC,
    CHANGING,
    CONSPIRACY,
    TWINS,
    TWIN_MEETING,
    FORGETFULNESS;

    /** Kinds that may hit anybody at any time. */
    static final List<Kind> OF_ANYBODY = List.of(values()).subList(0, Kind.ADD_BALLOT.ordinal());

    static final List<Kind> OF_MACHINES_LOST =
        List.of(values()).subList(Kind.WIPE.ordinal(), Kind.EQUIVOCATION.ordinal());

    /** Lies about what was prepared and committed. */
    static final List<Kind> ABOUT_LOCKS =
        List.of(
            EQUIVOCATION,
            VOTE_SPLITTING,
            FALSE_CLAIMS,
            FALSE_CLAIMS,
            IGNORED_LOCKS,
            IGNORED_LOCKS,
            MUTATION,
            CHANGING,
            TWINS);

    static final List<Kind> LIES =
        List.of(values()).subList(Kind.EQUIVOCATION.ordinal(), values().length);
  }
}
