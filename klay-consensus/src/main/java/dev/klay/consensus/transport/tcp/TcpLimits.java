package dev.klay.consensus.transport.tcp;

/**
 * What links may take of this node, and how patient it is ({@code consensus.md} section 14).
 *
 * @param handshakeMillis from the TCP connection to the other's Hello
 * @param silenceMillis without any byte until a link is given up; a sign of life is sent after a
 *     fifth of it
 * @param frameMillis from the first byte of a frame to its last
 * @param penaltyMillis for which a peer that misbehaved may not come back
 * @param reconnectMinMillis before the second attempt to reach a peer; doubles with each
 * @param reconnectMaxMillis between two attempts
 * @param halfOpenMax connections that others made and that are not yet links
 * @param halfOpenPerHostMax of those from one address; the machine's own is exempt
 * @param handshakesPerSecond that others may begin; four times as many at once
 * @param rangersMax links to peers that are no validators
 * @param controlFramesPerSecond that a validator may send, transactions aside; four times as many
 *     at once
 * @param rangerFramesPerSecond the same for others
 * @param transactionsPerSecond of one peer; four times as many at once
 * @param pendingBytesMax of a validator's frames that wait for the node's thread; beyond, the link
 *     is not read. A small frame counts as 16 KiB
 * @param rangerPendingBytesMax the same for others
 * @param controlBytesMax waiting to be sent to one peer
 * @param blocksBytesMax of answered blocks, the same
 * @param transactionsBytesMax of transactions, the same
 * @param backlogBytesMax waiting to be sent to all peers together; beyond, the link to whom most
 *     waits for is cut
 */
public record TcpLimits(
    long handshakeMillis,
    long silenceMillis,
    long frameMillis,
    long penaltyMillis,
    long reconnectMinMillis,
    long reconnectMaxMillis,
    int halfOpenMax,
    int halfOpenPerHostMax,
    int handshakesPerSecond,
    int rangersMax,
    int controlFramesPerSecond,
    int rangerFramesPerSecond,
    int transactionsPerSecond,
    long pendingBytesMax,
    long rangerPendingBytesMax,
    long controlBytesMax,
    long blocksBytesMax,
    long transactionsBytesMax,
    long backlogBytesMax) {

  private static final int RANGER_FRAMES = 50;

  /**
   * The defaults for a chain. A chain with many blocks a second needs more frames.
   *
   * @param periodMillis between blocks; 0 counts as 10
   */
  public static TcpLimits of(int validators, long periodMillis) {
    int pace = (int) Math.max(1, 1000 / Math.max(10, periodMillis));
    return new TcpLimits(
        5_000,
        10_000,
        30_000,
        10_000,
        250,
        2_000,
        32,
        5,
        32,
        64,
        (64 + 8 * validators) * pace,
        RANGER_FRAMES,
        10_000,
        4L << 20,
        256L << 10,
        24L << 20,
        12L << 20,
        4L << 20,
        32L << 20);
  }

  /** The same with other waiting times, for tests. */
  public TcpLimits withTimes(long handshake, long silence, long frame, long penalty) {
    return new TcpLimits(
        handshake,
        silence,
        frame,
        penalty,
        reconnectMinMillis,
        reconnectMaxMillis,
        halfOpenMax,
        halfOpenPerHostMax,
        handshakesPerSecond,
        rangersMax,
        controlFramesPerSecond,
        rangerFramesPerSecond,
        transactionsPerSecond,
        pendingBytesMax,
        rangerPendingBytesMax,
        controlBytesMax,
        blocksBytesMax,
        transactionsBytesMax,
        backlogBytesMax);
  }
}
