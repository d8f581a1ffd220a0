package dev.klay.consensus.transport.tcp;

/** Why a link was refused or cut, or a frame on it was not taken. */
public enum DropCause {
  /** More links are being made than are allowed at once, in all or from one place. */
  HALF_OPEN_MAX,
  /** TLS and both Hellos were not done in time. */
  HANDSHAKE_TIMEOUT,
  /** TLS failed: not TLS 1.3, no certificate, no TLS at all, or refused by the other side. */
  TLS,
  /** The certificate is not one that a node key vouches for, or is out of date. */
  BAD_CERTIFICATE,
  /** The node key is neither a validator's nor that of a configured peer. */
  STRANGER,
  /** Somebody else answers at the address of a configured peer. */
  WRONG_IDENTITY,
  /** The other side has this node's own key: a second process, or this one by a detour. */
  OWN_KEY,
  /** The other side speaks another version of the protocol. */
  WRONG_VERSION,
  /** The other side is on another chain. */
  WRONG_CHAIN,
  /** The chain id is the same, but not the genesis block. */
  WRONG_GENESIS,
  /** The genesis block is the same, but not who proposes and when, or what blocks may hold. */
  WRONG_PARAMETERS,
  /** There are as many links to rangers as are allowed. */
  RANGERS_MAX,
  /** The same peer has a newer link, or one that goes before. */
  DUPLICATE,
  /** The peer is no longer among those who may connect. */
  REMOVED,
  /** The peer misbehaved a moment ago. */
  PENALTY,
  /** A frame is longer than its type allows. */
  OVERSIZED,
  /** A frame cannot be read. */
  MALFORMED,
  /** A frame took too long from its first byte to its last. */
  SLOW,
  /** Nothing came, not even a sign of life. */
  SILENT,
  /** Frames came faster than the peer may send: the frame was dropped. */
  RATE,
  /** A frame of a kind that the peer has no reason to send: it was dropped. */
  UNASKED,
  /** Far too many frames came too fast: the link was cut. */
  FLOODING,
  /** What was to be sent did not fit into the peer's queue: the frame was dropped. */
  QUEUE_FULL,
  /** More waited to be sent than there is memory for, and most of it for this peer. */
  BACKLOG,
  /** The connection broke or could not be made. */
  BROKEN;

  /** Whether the peer itself broke a rule that an honest one never breaks. */
  boolean isMisbehaviour() {
    return switch (this) {
      case WRONG_VERSION, WRONG_CHAIN, WRONG_GENESIS, WRONG_PARAMETERS -> true;
      case OVERSIZED, MALFORMED, SLOW, FLOODING -> true;
      default -> false;
    };
  }
}
