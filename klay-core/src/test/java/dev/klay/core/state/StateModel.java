package dev.klay.core.state;

import dev.klay.core.account.Account;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What {@link StateUpdater} does, slowly: a snapshot is a copy of everything. */
final class StateModel {
  final TreeMap<Address, Account> accounts = new TreeMap<>();
  final Set<Address> touched = new HashSet<>();
  final Set<Address> destructed = new HashSet<>();
  Map<Address, Account> start = new TreeMap<>();
  final Set<Address> created = new HashSet<>();

  StateModel copy() {
    StateModel copy = new StateModel();
    copy.accounts.putAll(accounts);
    copy.touched.addAll(touched);
    copy.destructed.addAll(destructed);
    copy.created.addAll(created);
    copy.start = start;
    return copy;
  }

  Account account(Address address) {
    return accounts.getOrDefault(address, Account.externallyOwned());
  }

  void put(Address address, Account account) {
    accounts.put(address, account);
    touched.add(address);
  }

  void setStorage(Address address, UInt256 slot, UInt256 word) {
    Account account = account(address);
    boolean changes = !account.storage().get(slot).equals(word);
    if (changes || !accounts.containsKey(address)) {
      put(address, account.withStorage(account.storage().with(slot, word)));
    }
  }

  UInt256 originalStorage(Address address, UInt256 slot) {
    Account before = start.get(address);
    return created.contains(address) || before == null ? UInt256.ZERO : before.storage().get(slot);
  }

  void createContract(Address address) {
    put(address, Account.contract(account(address).balance()));
    created.add(address);
  }

  void selfDestruct(Address address) {
    if (accounts.containsKey(address)) {
      put(address, account(address).withBalance(Amount.ZERO));
      destructed.add(address);
    }
  }

  void finishTransaction(boolean deleteEmpty) {
    accounts.keySet().removeAll(destructed);
    if (deleteEmpty) {
      touched.stream().filter(address -> account(address).isEmpty()).forEach(accounts::remove);
    }
    touched.clear();
    destructed.clear();
    created.clear();
    start = new TreeMap<>(accounts);
  }

  /** A state written in one go, in the order of the addresses. */
  WorldState build() {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    accounts.forEach((address, account) -> write(updater, address, account));
    return updater.build(false);
  }

  private static void write(StateUpdater updater, Address address, Account account) {
    if (account.isContract()) {
      updater.createContract(address);
    }
    updater.addBalance(address, account.balance());
    updater.setNonce(address, account.nonce());
    updater.setKey(address, account.key());
    updater.setCode(address, account.code());
    for (int slot = 0; slot < StateUpdaterPropertiesTest.SLOTS; slot++) {
      UInt256 word = account.storage().get(UInt256.of(slot));
      if (!word.isZero()) {
        updater.setStorage(address, UInt256.of(slot), word);
      }
    }
  }
}
