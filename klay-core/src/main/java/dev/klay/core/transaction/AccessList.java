package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;

/** Addresses and storage keys that a transaction announces (EIP-2930), in the order as signed. */
public record AccessList(List<Entry> entries) {
  public static final AccessList EMPTY = new AccessList(List.of());

  /** One address with the storage keys of it. */
  public record Entry(Address address, List<Hash> storageKeys) {
    public Entry {
      storageKeys = List.copyOf(storageKeys);
    }
  }

  public AccessList {
    entries = List.copyOf(entries);
  }

  /** Number of storage keys of all addresses together. */
  public int storageKeyCount() {
    int count = 0;
    for (Entry entry : entries) {
      count += entry.storageKeys().size();
    }
    return count;
  }

  static AccessList read(RlpReader fields) {
    List<Entry> entries = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      RlpReader entry = list.readList();
      Address address = entry.readAddress();
      List<Hash> keys = new ArrayList<>();
      for (RlpReader keyList = entry.readList(); keyList.hasNext(); ) {
        keys.add(keyList.readHash());
      }
      entry.expectEnd();
      entries.add(new Entry(address, keys));
    }
    return new AccessList(entries);
  }

  void write(RlpWriter writer) {
    writer.beginList();
    for (Entry entry : entries) {
      writer.beginList().address(entry.address());
      writer.list(keys -> entry.storageKeys().forEach(keys::hash));
      writer.endList();
    }
    writer.endList();
  }
}
