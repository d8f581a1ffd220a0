package dev.klay.core.config;

import dev.klay.crypto.primitive.Address;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the registry contract of KIP-149 knows when the Randao fork installs it.
 *
 * @param records contract addresses by name
 */
public record RandaoRegistry(SortedMap<String, Address> records, Address owner) {
  public RandaoRegistry {
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
  }
}
