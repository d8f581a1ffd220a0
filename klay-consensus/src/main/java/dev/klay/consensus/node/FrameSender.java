package dev.klay.consensus.node;

import dev.klay.consensus.transport.Frame;
import dev.klay.crypto.primitive.Address;

/** Sends a frame to a peer, or loses it; never blocks. */
public interface FrameSender {
  void send(Address to, Frame frame);
}
