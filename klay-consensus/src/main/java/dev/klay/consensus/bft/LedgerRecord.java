package dev.klay.consensus.bft;

/** What a node must not forget of a height until the height is final. */
public sealed interface LedgerRecord {
  long height();

  /** The node signed the message; it may be sent any number of times, and nothing else. */
  record Signed(Message message) implements LedgerRecord {
    @Override
    public long height() {
      return message.height();
    }
  }

  /** The node entered the round because of a proposal; it votes in no earlier one any more. */
  record Round(long height, int round) implements LedgerRecord {}

  /** The node saw a quorum prepare the block. */
  record Prepared(long height, PreparedCertificate certificate) implements LedgerRecord {}
}
