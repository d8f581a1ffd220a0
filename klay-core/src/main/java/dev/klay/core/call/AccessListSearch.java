package dev.klay.core.call;

import dev.klay.core.evm.BlockContext;
import dev.klay.core.evm.Delegation;
import dev.klay.core.evm.EvmRules;
import dev.klay.core.evm.Tracer;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.AccessList;
import dev.klay.crypto.primitive.Address;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Runs a call with the list of what it touched before, until it touches nothing else. What is in
 * the list stays in it, so that the search ends.
 */
final class AccessListSearch {
  /** Code that looks at its gas could go elsewhere every time; then the last list is the answer. */
  private static final int ROUNDS_MAX = 16;

  private final EvmRules rules;
  private final BlockContext block;
  private final WorldState state;

  AccessListSearch(EvmRules rules, BlockContext block, WorldState state) {
    this.rules = rules;
    this.block = block;
    this.state = state;
  }

  CreatedAccessList find(Call call, BiFunction<Call, Tracer, CallResult> run) {
    AccessCollector touched = new AccessCollector(warm(call), rules.hasDelegation());
    touched.addAll(call.accessList());
    AccessList list = touched.list();
    CallResult result = run.apply(call.withAccessList(list), touched);
    for (int round = 1; round < ROUNDS_MAX && !touched.list().equals(list); round++) {
      list = touched.list();
      result = run.apply(call.withAccessList(list), touched);
    }
    return new CreatedAccessList(list, result);
  }

  /** The accounts that a list need not name. */
  private Set<Address> warm(Call call) {
    Set<Address> warm = new TreeSet<>(rules.warmFromTheStart());
    warm.add(call.from());
    warm.add(call.payer());
    if (rules.coinbaseIsWarm()) {
      warm.add(block.coinbase());
    }
    call.transaction()
        .to()
        .ifPresent(
            to -> {
              warm.add(to);
              if (rules.hasDelegation()) {
                Delegation.target(state.code(to).bytes()).ifPresent(warm::add);
              }
            });
    return warm;
  }
}
