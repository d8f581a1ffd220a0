package dev.klay.consensus.wire;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the signers of the last signatures, since relays and certificates bring the same ones
 * again and again. For one thread.
 */
public final class CachedRecovery implements SignerRecovery {
  /** Signatures kept; the least recently used goes first. */
  public static final int MAX = 16 << 10;

  private record Key(Hash digest, Bytes signature) {}

  private final SignerRecovery recovery;
  private final Map<Key, Address> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Address> eldest) {
          return size() > MAX;
        }
      };

  public CachedRecovery(SignerRecovery recovery) {
    this.recovery = recovery;
  }

  @Override
  public Address recover(Hash digest, Bytes signature) {
    Key key = new Key(digest, signature);
    Address signer = known.get(key);
    if (signer == null) {
      signer = recovery.recover(digest, signature);
      known.put(key, signer);
    }
    return signer;
  }

  int size() {
    return known.size();
  }
}
