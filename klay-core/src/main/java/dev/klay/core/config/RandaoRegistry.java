package dev.klay.core.config;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the registry contract of KIP-149 knows when the Randao fork installs it.
 *
 * @param records contract addresses by name
 * @param code the contract's runtime code: every Klaytn node has it built in, this program does
 *     not, so a genesis file brings it as {@code config.randaoRegistry.code}. Needed to get over
 *     the fork
 */
public record RandaoRegistry(
    SortedMap<String, Address> records, Address owner, Optional<Bytes> code) {
  public RandaoRegistry {
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
  }
}
