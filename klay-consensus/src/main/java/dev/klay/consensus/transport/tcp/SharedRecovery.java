package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the signers of recent signatures for all links: relays and certificates bring the same
 * ones again. Nobody waits while another recovers.
 */
final class SharedRecovery implements SignerRecovery {
  /** Signatures in each of two generations; when the young one is full, the old one goes. */
  static final int GENERATION_MAX = 8 << 10;

  private record Key(Hash digest, Bytes signature) {}

  private final SignerRecovery recovery;
  private Map<Key, Address> young = new HashMap<>();
  private Map<Key, Address> old = Map.of();

  SharedRecovery(SignerRecovery recovery) {
    this.recovery = recovery;
  }

  @Override
  public Address recover(Hash digest, Bytes signature) {
    return recover(digest, signature, () -> {});
  }

  /** The same; what a new signature costs is asked for first, by an exception if it is too much. */
  Address recover(Hash digest, Bytes signature, Runnable payment) {
    Key key = new Key(digest, signature);
    Address known = known(key);
    if (known == null) {
      payment.run();
      known = recovery.recover(digest, signature);
      remember(key, known);
    }
    return known;
  }

  private synchronized @Nullable Address known(Key key) {
    Address signer = young.get(key);
    return signer != null ? signer : old.get(key);
  }

  private synchronized void remember(Key key, Address signer) {
    if (young.size() >= GENERATION_MAX) {
      old = young;
      young = new HashMap<>();
    }
    young.put(key, signer);
  }

  synchronized int size() {
    return young.size() + old.size();
  }
}
