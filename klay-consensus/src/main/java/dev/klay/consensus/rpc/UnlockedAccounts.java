package dev.klay.consensus.rpc;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys that a node signs with for whoever asks: development accounts of chains whose coins are
 * worthless. The keys stay their owner's to close.
 */
public final class UnlockedAccounts {
  /** None, as on every node that serves others. */
  public static final UnlockedAccounts NONE = new UnlockedAccounts(List.of());

  private final Map<Address, PrivateKey> keys = new LinkedHashMap<>();

  public UnlockedAccounts(Collection<PrivateKey> unlocked) {
    unlocked.forEach(key -> keys.put(key.address(), key));
  }

  /** In the order in which they were given. */
  public List<Address> addresses() {
    return List.copyOf(keys.keySet());
  }

  Optional<PrivateKey> key(Address account) {
    return Optional.ofNullable(keys.get(account));
  }

  /**
   * The key of an account that is asked for by name.
   *
   * @throws RpcException if the node has none
   */
  PrivateKey required(Address account) {
    return key(account)
        .orElseThrow(
            () ->
                RpcException.refused(
                    "unknown account " + account + ": this node has no key of it; sign yourself"));
  }
}
