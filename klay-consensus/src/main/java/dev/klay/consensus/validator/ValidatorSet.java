package dev.klay.consensus.validator;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.proof.Quorum;
import java.util.Collections;
import java.util.List;

/**
 * The validators of one height.
 *
 * @param addresses ascending by their bytes, distinct, at least one
 */
public record ValidatorSet(List<Address> addresses) {
  public ValidatorSet {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("at least one validator is needed");
    }
    for (int i = 1; i < addresses.size(); i++) {
      if (addresses.get(i - 1).compareTo(addresses.get(i)) >= 0) {
        throw new IllegalArgumentException("validators are not ascending: " + addresses);
      }
    }
  }

  public static ValidatorSet of(List<Address> anyOrder) {
    return new ValidatorSet(anyOrder.stream().sorted().toList());
  }

  public int size() {
    return addresses.size();
  }

  /** So many distinct validators decide. */
  public int quorum() {
    return Quorum.size(size());
  }

  /** So many may be faulty. */
  public int faultyMax() {
    return Quorum.faultyMax(size());
  }

  public boolean contains(Address address) {
    return indexOf(address) >= 0;
  }

  /** The place in ascending order, negative if it is no validator. */
  public int indexOf(Address address) {
    return Math.max(-1, Collections.binarySearch(addresses, address));
  }

  /** The validator at a place, counted round and round. */
  public Address at(long index) {
    return addresses.get(Math.floorMod(index, size()));
  }

  /** The place of the first address behind this one, 0 behind the last. */
  public int indexBehind(Address address) {
    int place = Collections.binarySearch(addresses, address);
    return (place >= 0 ? place + 1 : -place - 1) % size();
  }
}
