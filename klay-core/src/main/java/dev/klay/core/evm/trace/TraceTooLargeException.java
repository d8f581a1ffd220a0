package dev.klay.core.evm.trace;

import dev.klay.crypto.KlayException;

/**
 * A trace would keep more than its budget. The run is over, and the state it worked on is of no use
 * any more. Ask for less (no memory, no storage, only the top call), or give a larger budget.
 */
public final class TraceTooLargeException extends KlayException {
  private static final long serialVersionUID = 1;

  TraceTooLargeException(long bytesMax) {
    super(
        "the trace is larger than "
            + bytesMax
            + " bytes: leave out memory and storage, limit the steps, or raise the budget");
  }
}
