package dev.klay.core.evm.trace;

import dev.klay.crypto.primitive.Address;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a transaction changed.
 *
 * @param before the accounts that changed, as they were
 * @param after what changed of them; nothing of those that are gone
 */
public record StateDifference(
    SortedMap<Address, AccountImage> before, SortedMap<Address, AccountImage> after) {
  public StateDifference {
    before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
    after = Collections.unmodifiableSortedMap(new TreeMap<>(after));
  }
}
