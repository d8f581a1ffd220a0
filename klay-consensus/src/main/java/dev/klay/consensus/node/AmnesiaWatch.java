package dev.klay.consensus.node;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.primitive.Address;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When a node without its ledger may vote again ({@code consensus.md} section 9): once it has
 * imported two blocks behind A, the highest certified head among N-q+f other validators that were
 * all asked after the start. Whatever it signed before was for at most A+2: a quorum had committed
 * the block before that one, and an honest member of it is among those asked.
 */
final class AmnesiaWatch {
  private final FinalChain chain;
  private final Address self;
  private final TreeMap<Address, Long> certified = new TreeMap<>();
  private final TreeMap<Address, FinalBlock> unchecked = new TreeMap<>();
  private long lastForgotten = -1;

  AmnesiaWatch(FinalChain chain, Address self) {
    this.chain = chain;
    this.self = self;
  }

  /** A validator is at the genesis block, which needs no certificate. */
  void sawGenesis(Address validator) {
    certified.merge(validator, 0L, Math::max);
  }

  /** A validator showed its head; it counts once its certificate was checked. */
  void saw(Address validator, FinalBlock head) {
    unchecked.put(validator, head);
  }

  /** The first height that may be signed, empty while that is not known or not reached. */
  Optional<Long> mayResumeAt() {
    ValidatorSet validators = chain.validators();
    check();
    if (lastForgotten < 0) {
      int needed = validators.size() - validators.quorum() + validators.faultyMax();
      needed = validators.size() == 1 ? 0 : Math.max(1, needed);
      TreeSet<Address> others = new TreeSet<>(certified.keySet());
      others.removeIf(address -> address.equals(self) || !validators.contains(address));
      if (others.size() < needed) {
        return Optional.empty();
      }
      lastForgotten = others.stream().mapToLong(certified::get).max().orElse(chain.head().number());
    }
    boolean isBeginning = lastForgotten == 0 && chain.head().number() == 0;
    if (isBeginning) {
      return Optional.of(1L);
    }
    return chain.head().number() >= lastForgotten + 2
        ? Optional.of(lastForgotten + 3)
        : Optional.empty();
  }

  private void check() {
    unchecked
        .entrySet()
        .removeIf(
            entry -> {
              FinalBlock head = entry.getValue();
              Optional<ValidatorSet> validators = chain.validatorsOf(head.number());
              if (validators.isEmpty()) {
                return false; // of a later epoch: once it was reached
              }
              if (chain.certificateFault(head, validators.orElseThrow()).isEmpty()) {
                certified.merge(entry.getKey(), head.number(), Math::max);
              }
              return true;
            });
  }
}
