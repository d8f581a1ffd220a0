package dev.klay.core.state;

import dev.klay.core.account.Account;
import dev.klay.core.account.Storage;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One address while a block is executed: its account as it is now, but for the storage, which is in
 * the overlay. Every change is journaled. Owned by one {@link StateUpdater}.
 */
final class AccountEntry {
  private final Address address;
  private final Journal journal;
  private final Amount balanceBefore;

  /** The entries touched in this transaction, shared with the updater. */
  private final List<AccountEntry> touched;

  /** Null if the account does not exist. */
  private @Nullable Account account;

  private StorageOverlay storage;
  private boolean selfDestructed;
  private int createdIn;
  private int touchedIn;
  private int warmIn;

  AccountEntry(
      Address address, @Nullable Account account, Journal journal, List<AccountEntry> touched) {
    this.address = address;
    this.account = account;
    this.journal = journal;
    this.touched = touched;
    this.balanceBefore = account == null ? Amount.ZERO : account.balance();
    Storage base = account == null ? Storage.EMPTY : account.storage();
    storage = new StorageOverlay(journal, base);
  }

  Address address() {
    return address;
  }

  @Nullable Account account() {
    return account;
  }

  /** What the account owned before the block. */
  Amount balanceBefore() {
    return balanceBefore;
  }

  Amount balance() {
    return account == null ? Amount.ZERO : account.balance();
  }

  StorageOverlay storage() {
    return storage;
  }

  /** The account to change, made if it is missing. */
  Account orCreate() {
    return account == null ? Account.externallyOwned() : account;
  }

  void set(Account changed) {
    Account old = account;
    account = changed;
    journal.add(() -> account = old);
    touch();
  }

  void setSlot(UInt256 number, UInt256 word) {
    if (account == null) {
      set(Account.externallyOwned());
    }
    if (storage.set(number, word)) {
      touch();
    }
  }

  void clearStorage() {
    StorageOverlay old = storage;
    storage = storage.cleared();
    journal.add(() -> storage = old);
    touch();
  }

  void createContract() {
    StorageOverlay oldStorage = storage;
    int oldCreatedIn = createdIn;
    storage = storage.cleared();
    createdIn = journal.transaction();
    journal.add(
        () -> {
          storage = oldStorage;
          createdIn = oldCreatedIn;
        });
    set(Account.contract(orCreate().balance()));
  }

  boolean isCreatedInTransaction() {
    return createdIn == journal.transaction();
  }

  void selfDestruct() {
    boolean old = selfDestructed;
    selfDestructed = true;
    journal.add(() -> selfDestructed = old);
    touch();
  }

  boolean isSelfDestructed() {
    return selfDestructed;
  }

  void touch() {
    if (touchedIn == journal.transaction()) {
      return;
    }
    int old = touchedIn;
    touchedIn = journal.transaction();
    touched.add(this);
    journal.add(
        () -> {
          touchedIn = old;
          touched.remove(touched.size() - 1);
        });
  }

  boolean isWarm() {
    return warmIn == journal.transaction();
  }

  void markWarm() {
    int old = warmIn;
    warmIn = journal.transaction();
    journal.add(() -> warmIn = old);
  }

  /** Applies what the end of a transaction does to a touched account. */
  void finish(boolean deleteEmpty) {
    if (selfDestructed || deleteEmpty && account != null && account.isEmpty()) {
      account = null;
      storage = new StorageOverlay(journal, Storage.EMPTY);
      selfDestructed = false;
    }
  }

  /** The account with its storage as it is now, null if it does not exist. */
  @Nullable Account build() {
    return account == null ? null : account.withStorage(storage.build());
  }
}
