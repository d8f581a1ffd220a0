package dev.klay.core.evm;

import dev.klay.core.state.StateUpdater;
import dev.klay.crypto.primitive.UInt256;

/** SLOAD, SSTORE, TLOAD, TSTORE, and the refunds that come with them. */
final class StorageOperations {
  private static final int SET = 20_000;
  private static final int RESET = 5_000;
  private static final int STIPEND = 2_300;
  private static final int NET_FIRST_NOOP = 200; // EIP-1283
  private static final int NET_NOOP = 800; // EIP-2200 with EIP-1884
  private static final int COLD_SLOT = 2_100; // EIP-2929
  static final int TRANSIENT = 100; // EIP-1153

  private final EvmRules rules;
  private final StateUpdater state;
  private long refund;

  StorageOperations(EvmRules rules, StateUpdater state) {
    this.rules = rules;
    this.state = state;
  }

  long refund() {
    return refund;
  }

  void setRefund(long newRefund) {
    refund = newRefund;
  }

  int load(Frame f) {
    UInt256 slot = Words.get(f.stack, f.sp - 1);
    if (rules.accessCosts
        && !Operations.charge(f, state.markWarm(f.address, slot) ? COLD_SLOT : Operations.WARM)) {
      return Operations.outOfGas(f);
    }
    Words.set(f.stack, f.sp - 1, state.storage(f.address, slot));
    return Operations.NEXT;
  }

  int store(Frame f) {
    if (f.isStatic) {
      return Interpreter.halt(f, HaltReason.WRITE_PROTECTION);
    }
    if (isGuarded(rules.storageRule) && f.gas <= STIPEND) {
      return Interpreter.halt(f, HaltReason.REENTRANCY_SENTRY);
    }
    f.sp -= 2;
    UInt256 slot = Words.get(f.stack, f.sp + 1);
    UInt256 word = Words.get(f.stack, f.sp);
    UInt256 current = state.storage(f.address, slot);
    long gas =
        switch (rules.storageRule) {
          case FLAT -> flat(current, word);
          case NET_FIRST ->
              net(state.originalStorage(f.address, slot), current, word, NET_FIRST_NOOP, RESET);
          case NET -> net(state.originalStorage(f.address, slot), current, word, NET_NOOP, RESET);
          case WARM ->
              (state.markWarm(f.address, slot) ? COLD_SLOT : 0)
                  + net(
                      state.originalStorage(f.address, slot),
                      current,
                      word,
                      Operations.WARM,
                      RESET - COLD_SLOT);
        };
    if (!Operations.charge(f, gas)) {
      return Operations.outOfGas(f);
    }
    state.setStorage(f.address, slot, word);
    return Operations.NEXT;
  }

  /** Whether a stipend cannot pay for any store (EIP-2200). */
  private static boolean isGuarded(EvmRules.StorageRule rule) {
    return rule == EvmRules.StorageRule.NET || rule == EvmRules.StorageRule.WARM;
  }

  private long flat(UInt256 current, UInt256 word) {
    if (current.isZero() && !word.isZero()) {
      return SET;
    }
    if (!current.isZero() && word.isZero()) {
      refund += rules.clearRefund;
    }
    return RESET;
  }

  /** Charges for what differs from the start of the transaction (EIP-2200, EIP-3529). */
  private long net(UInt256 original, UInt256 current, UInt256 word, long noop, long reset) {
    if (current.equals(word)) {
      return noop;
    }
    if (original.equals(current)) {
      if (original.isZero()) {
        return SET;
      }
      if (word.isZero()) {
        refund += rules.clearRefund;
      }
      return reset;
    }
    if (!original.isZero()) {
      if (current.isZero()) {
        refund -= rules.clearRefund;
      } else if (word.isZero()) {
        refund += rules.clearRefund;
      }
    }
    if (original.equals(word)) {
      refund += (original.isZero() ? SET : reset) - noop;
    }
    return noop;
  }

  int loadTransient(Frame f) {
    UInt256 slot = Words.get(f.stack, f.sp - 1);
    Words.set(f.stack, f.sp - 1, state.transientStorage(f.address, slot));
    return Operations.NEXT;
  }

  int storeTransient(Frame f) {
    if (f.isStatic) {
      return Interpreter.halt(f, HaltReason.WRITE_PROTECTION);
    }
    f.sp -= 2;
    UInt256 slot = Words.get(f.stack, f.sp + 1);
    state.setTransientStorage(f.address, slot, Words.get(f.stack, f.sp));
    return Operations.NEXT;
  }
}
