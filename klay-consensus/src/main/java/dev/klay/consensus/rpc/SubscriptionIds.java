package dev.klay.consensus.rpc;

import dev.klay.crypto.primitive.UInt256;
import java.security.SecureRandom;

/** Numbers of filters and subscriptions that nobody can guess. */
final class SubscriptionIds {
  private static final int SIZE_BYTES = 16;

  private final SecureRandom random = new SecureRandom();

  /** 16 random bytes as a quantity. */
  String next() {
    byte[] bytes = new byte[SIZE_BYTES];
    random.nextBytes(bytes);
    bytes[0] |= 0x10; // never short, never zero
    return UInt256.fromBytes(bytes, 0, SIZE_BYTES).toHex();
  }
}
