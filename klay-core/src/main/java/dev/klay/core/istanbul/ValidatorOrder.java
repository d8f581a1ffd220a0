package dev.klay.core.istanbul;

import dev.klay.crypto.primitive.Address;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which Klaytn counts validators: by the mixed-case text of their addresses (EIP-55),
 * where digits come before A to F and those before a to f. Headers list them by bytes instead.
 */
public final class ValidatorOrder {
  public static final Comparator<Address> BY_TEXT = Comparator.comparing(Address::toString);

  private ValidatorOrder() {}

  /** The validators in that order. */
  public static List<Address> sorted(Collection<Address> validators) {
    return validators.stream().sorted(BY_TEXT).toList();
  }
}
