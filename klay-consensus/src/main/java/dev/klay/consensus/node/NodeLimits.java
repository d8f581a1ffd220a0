package dev.klay.consensus.node;

/**
 * Intervals and limits of a node, which need not be equal on all nodes.
 *
 * @param framesPerSecond of a peer on average; 0 without limit, for peers of the same program
 * @param answerMillis between two answers to one peer's status
 * @param requestMillis until another peer is asked for blocks
 * @param banMillis for which a peer is not asked that sent wrong blocks
 * @param blocksBytesMax of the blocks in one answer
 */
public record NodeLimits(
    int framesPerSecond,
    long answerMillis,
    long requestMillis,
    long banMillis,
    int blocksBytesMax) {
  /** The defaults of {@code consensus.md}, for peers of one program. */
  public static final NodeLimits TRUSTED = new NodeLimits(0, 250, 3000, 3_600_000, 8 << 20);

  /** For peers on other machines, whose transport limits what they may send. */
  public static final NodeLimits REMOTE = new NodeLimits(0, 250, 3000, 3_600_000, 2 << 20);

  /** The same as for one program, with a limit on what each of so many validators may send. */
  public static NodeLimits of(int validators) {
    return new NodeLimits(64 + 8 * validators, 250, 3000, 3_600_000, 8 << 20);
  }
}
