package dev.klay.core.config;

import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An account that a genesis allocates. With code or storage it is a smart contract account.
 *
 * @param nonce unsigned
 * @param code runtime code; empty for most
 * @param storage words by slot, without zeros
 */
public record GenesisAccount(
    Amount balance, long nonce, Bytes code, SortedMap<UInt256, UInt256> storage) {
  public GenesisAccount {
    storage = Collections.unmodifiableSortedMap(new TreeMap<>(storage));
  }

  /** An account with a balance and nothing else. */
  public static GenesisAccount of(Amount balance) {
    return new GenesisAccount(balance, 0, Bytes.EMPTY, Collections.emptySortedMap());
  }

  boolean isContract() {
    return !code.isEmpty() || !storage.isEmpty();
  }
}
