package dev.klay.core.call;

import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.Delegation;
import dev.klay.core.evm.Step;
import dev.klay.core.evm.Tracer;
import dev.klay.core.transaction.AccessList;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notes which accounts and slots code touches. Keeps what it noted over several runs. */
final class AccessCollector implements Tracer {
  private static final int BALANCE = 0x31;
  private static final int EXTCODESIZE = 0x3b;
  private static final int EXTCODECOPY = 0x3c;
  private static final int EXTCODEHASH = 0x3f;
  private static final int SLOAD = 0x54;
  private static final int SSTORE = 0x55;
  private static final int CALL = 0xf1;
  private static final int CALLCODE = 0xf2;
  private static final int DELEGATECALL = 0xf4;
  private static final int STATICCALL = 0xfa;
  private static final int SELFDESTRUCT = 0xff;

  private final Set<Address> warm;
  private final boolean followsDelegations;
  private final Map<Address, Set<UInt256>> touched = new LinkedHashMap<>();

  /**
   * An empty one.
   *
   * @param warm accounts that need not be noted
   * @param followsDelegations whether calling an account touches the one it delegates to
   */
  AccessCollector(Set<Address> warm, boolean followsDelegations) {
    this.warm = warm;
    this.followsDelegations = followsDelegations;
  }

  /** Notes what a list names. */
  void addAll(AccessList list) {
    for (AccessList.Entry entry : list.entries()) {
      for (Hash key : entry.storageKeys()) {
        slots(entry.address()).add(UInt256.fromBytes(key.toArray()));
      }
      touch(entry.address());
    }
  }

  @Override
  public void onStep(Step step) {
    if (step.halt().isPresent()) {
      return;
    }
    switch (step.opcode()) {
      case SLOAD, SSTORE -> slots(step.address()).add(step.stack(0));
      case BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SELFDESTRUCT ->
          touch(address(step.stack(0)));
      case CALL, CALLCODE, DELEGATECALL, STATICCALL -> touchCalled(step, address(step.stack(1)));
      default -> {}
    }
  }

  /** What a creation makes is warm at once. */
  @Override
  public void onEnter(CallStart call) {
    if (call.kind() == CallStart.Kind.CREATE || call.kind() == CallStart.Kind.CREATE2) {
      warm.add(call.to());
    }
  }

  private void touchCalled(Step step, Address called) {
    touch(called);
    if (followsDelegations) {
      Delegation.target(step.state().code(called).bytes()).ifPresent(this::touch);
    }
  }

  private void touch(Address address) {
    if (!warm.contains(address)) {
      slots(address);
    }
  }

  private Set<UInt256> slots(Address address) {
    return touched.computeIfAbsent(address, a -> new LinkedHashSet<>());
  }

  private static Address address(UInt256 word) {
    byte[] bytes = word.toBytes32();
    return Address.wrap(Arrays.copyOfRange(bytes, bytes.length - Address.SIZE, bytes.length));
  }

  AccessList list() {
    List<AccessList.Entry> entries = new ArrayList<>();
    touched.forEach(
        (address, slots) ->
            entries.add(
                new AccessList.Entry(
                    address, slots.stream().map(s -> Hash.wrap(s.toBytes32())).toList())));
    return new AccessList(entries);
  }
}
