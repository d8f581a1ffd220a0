package dev.klay.consensus.transport.tcp;

import dev.klay.crypto.primitive.Bytes;

/**
 * Counts the bytes that wait to be sent to all peers together. A frame that waits for many of them
 * is there once. Any thread may call.
 */
final class Backlog {
  /** A frame's bytes, and for how many peers they wait. */
  static final class Waiting {
    private final Bytes bytes;
    private int holders;

    Waiting(Bytes bytes) {
      this.bytes = bytes;
    }

    Bytes bytes() {
      return bytes;
    }
  }

  private final long bytesMax;
  private long bytes;

  Backlog(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** One more peer has it waiting. */
  synchronized void hold(Waiting frame) {
    if (frame.holders++ == 0) {
      bytes += frame.bytes().size();
    }
  }

  /** It was sent to one of them, or never will be. */
  synchronized void release(Waiting frame) {
    if (--frame.holders == 0) {
      bytes -= frame.bytes().size();
    }
  }

  synchronized boolean isTooLong() {
    return bytes > bytesMax;
  }

  synchronized long bytes() {
    return bytes;
  }
}
