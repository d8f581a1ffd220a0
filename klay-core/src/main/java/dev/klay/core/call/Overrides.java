package dev.klay.core.call;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be otherwise during a call. Immutable.
 *
 * @param accounts what differs, by address
 */
public record Overrides(Map<Address, AccountOverride> accounts, BlockOverride block) {
  public static final Overrides NONE = new Overrides(Map.of(), BlockOverride.NONE);

  public Overrides {
    accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
  }

  /** The same with one more account. */
  public Overrides with(Address address, AccountOverride account) {
    Map<Address, AccountOverride> more = new TreeMap<>(accounts);
    more.put(address, account);
    return new Overrides(more, block);
  }

  /** The same with another block. */
  public Overrides with(BlockOverride newBlock) {
    return new Overrides(accounts, newBlock);
  }

  /** The state as it is to be; new slots count as if they had been there before the call. */
  WorldState applyTo(WorldState state, CodeInfo codeInfo) {
    if (accounts.isEmpty()) {
      return state;
    }
    StateUpdater updater = new StateUpdater(state);
    accounts.forEach((address, account) -> apply(updater, address, account, codeInfo));
    return updater.build(false);
  }

  private static void apply(
      StateUpdater updater, Address address, AccountOverride account, CodeInfo codeInfo) {
    account
        .balance()
        .ifPresent(
            balance -> {
              updater.subtractBalance(address, updater.balance(address));
              updater.addBalance(address, balance);
            });
    account.nonce().ifPresent(nonce -> updater.setNonce(address, nonce));
    account
        .code()
        .ifPresent(
            code ->
                updater.setCode(address, code.isEmpty() ? Code.EMPTY : Code.of(code, codeInfo)));
    account
        .storage()
        .ifPresent(
            slots -> {
              updater.clearStorage(address);
              slots.forEach((slot, word) -> updater.setStorage(address, slot, word));
            });
    account.storageChanges().forEach((slot, word) -> updater.setStorage(address, slot, word));
  }
}
