package dev.klay.core.service;

import dev.klay.crypto.KlayException;

/** A query for logs would look at too many blocks or yield too many logs; ask in smaller parts. */
public final class LogQueryTooWideException extends KlayException {
  private static final long serialVersionUID = 1;

  public LogQueryTooWideException(String message) {
    super(message);
  }

  static LogQueryTooWideException ofBlocks(long blocks) {
    return new LogQueryTooWideException(
        "the range has "
            + blocks
            + " blocks, at most "
            + LogFilter.BLOCKS_MAX
            + " are allowed: ask for a smaller range");
  }

  static LogQueryTooWideException ofResults() {
    return new LogQueryTooWideException(
        "query returned more than "
            + LogFilter.RESULTS_MAX
            + " results: ask for a smaller range, or filter by address and topics");
  }
}
