package dev.klay.core.state;

import dev.klay.core.account.Account;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.Code;
import dev.klay.core.trie.Trie;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The changes that a block's transactions make to a state, transaction by transaction. Within one,
 * any {@link #snapshot()} can be gone back to, however deeply nested. The state it starts from is
 * not changed; {@link #build} makes the next one.
 *
 * <pre>{@code
 * int before = updater.snapshot();
 * updater.subtractBalance(sender, value);
 * updater.addBalance(recipient, value);
 * if (failed) {
 *   updater.revert(before);
 * }
 * updater.finishTransaction(true);
 * }</pre>
 *
 * <p>Writing to an account that does not exist creates it, externally owned. Every write touches
 * the account. For one thread.
 */
public final class StateUpdater implements StateView {
  /**
   * RIPEMD-160. On the main network of Ethereum its removal as an empty account once outlived the
   * revert of the call that touched it, in block 2,675,119; all clients have kept that since.
   */
  private static final Address TOUCHED_FOR_EVER =
      Address.parse("0x0000000000000000000000000000000000000003");

  private record TransientSlot(Address address, UInt256 slot) {}

  private final WorldState base;
  private final Journal journal = new Journal();
  private final Map<Address, AccountEntry> entries = new HashMap<>();
  private final List<AccountEntry> touched = new ArrayList<>();

  /** In the order of their first change, so that nothing depends on the order of a hash map. */
  private final Set<AccountEntry> changed = new LinkedHashSet<>();

  private final Map<TransientSlot, UInt256> transientStorage = new HashMap<>();
  private Set<Address> warmFromTheStart = Set.of();
  private boolean touchedForEver;

  public StateUpdater(WorldState base) {
    this.base = base;
  }

  private AccountEntry entry(Address address) {
    AccountEntry entry = entries.get(address);
    if (entry == null) {
      entry = new AccountEntry(address, base.account(address).orElse(null), journal, touched);
      entries.put(address, entry);
    }
    return entry;
  }

  @Override
  public boolean exists(Address address) {
    return entry(address).account() != null;
  }

  /** Whether the account is missing or would be removed when touched (EIP-161). */
  public boolean isEmpty(Address address) {
    Account account = entry(address).account();
    return account == null || account.isEmpty();
  }

  @Override
  public boolean isContract(Address address) {
    Account account = entry(address).account();
    return account != null && account.isContract();
  }

  @Override
  public long nonce(Address address) {
    Account account = entry(address).account();
    return account == null ? 0 : account.nonce();
  }

  public void setNonce(Address address, long nonce) {
    AccountEntry entry = entry(address);
    entry.set(entry.orCreate().withNonce(nonce));
  }

  @Override
  public Amount balance(Address address) {
    return entry(address).balance();
  }

  /**
   * Adds to a balance; zero, too, touches or creates the account.
   *
   * @throws ArithmeticException if the balance would exceed 256 bits
   */
  public void addBalance(Address address, Amount amount) {
    AccountEntry entry = entry(address);
    Account account = entry.orCreate();
    entry.set(account.withBalance(account.balance().plus(amount)));
    if (amount.isZero() && address.equals(TOUCHED_FOR_EVER)) {
      touchedForEver = true;
    }
  }

  /**
   * Subtracts from a balance; zero changes nothing and touches nothing.
   *
   * @throws ArithmeticException if the balance is smaller
   */
  public void subtractBalance(Address address, Amount amount) {
    if (amount.isZero()) {
      return;
    }
    AccountEntry entry = entry(address);
    Account account = entry.orCreate();
    entry.set(account.withBalance(account.balance().minus(amount)));
  }

  @Override
  public AccountKey key(Address address) {
    Account account = entry(address).account();
    return account == null ? AccountKey.LEGACY : account.key();
  }

  /** Sets the key; whether the account may have it was checked before. */
  public void setKey(Address address, AccountKey key) {
    AccountEntry entry = entry(address);
    entry.set(entry.orCreate().withKey(key));
  }

  @Override
  public Code code(Address address) {
    Account account = entry(address).account();
    return account == null ? Code.EMPTY : account.code();
  }

  public void setCode(Address address, Code code) {
    AccountEntry entry = entry(address);
    entry.set(entry.orCreate().withCode(code));
  }

  /**
   * Makes a smart contract account, in place of the account there may be: nonce 0, {@link
   * AccountKey#FAIL}, no code, nothing stored; the balance stays.
   */
  public void createContract(Address address) {
    entry(address).createContract();
  }

  /** Whether {@link #createContract} made the account in this transaction (EIP-6780). */
  public boolean isCreatedInTransaction(Address address) {
    return entry(address).isCreatedInTransaction();
  }

  /** Takes the balance away and removes the account when the transaction ends. */
  public void selfDestruct(Address address) {
    AccountEntry entry = entry(address);
    Account account = entry.account();
    if (account != null) {
      entry.selfDestruct();
      entry.set(account.withBalance(Amount.ZERO));
    }
  }

  public boolean isSelfDestructed(Address address) {
    return entry(address).isSelfDestructed();
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    return entry(address).storage().slot(slot).current();
  }

  /** Whether the account's storage held anything before this block, and was not replaced since. */
  public boolean hasStorage(Address address) {
    return !entry(address).storage().isBaseEmpty();
  }

  /** The word of the slot when the transaction started (EIP-2200). */
  public UInt256 originalStorage(Address address, UInt256 slot) {
    return entry(address).storage().slot(slot).original();
  }

  public void setStorage(Address address, UInt256 slot, UInt256 word) {
    entry(address).setSlot(slot, word);
  }

  /** Takes away all that the account stores. */
  public void clearStorage(Address address) {
    entry(address).clearStorage();
  }

  /** A word that lives until the end of the transaction (EIP-1153). */
  public UInt256 transientStorage(Address address, UInt256 slot) {
    return transientStorage.getOrDefault(new TransientSlot(address, slot), UInt256.ZERO);
  }

  public void setTransientStorage(Address address, UInt256 slot, UInt256 word) {
    TransientSlot key = new TransientSlot(address, slot);
    UInt256 old = transientStorage.getOrDefault(key, UInt256.ZERO);
    transientStorage.put(key, word);
    journal.add(() -> transientStorage.put(key, old));
  }

  /**
   * Has these addresses count as accessed until the transaction ends (EIP-2929). Most are never
   * asked for, so nothing is read of them.
   */
  public void keepWarm(Set<Address> addresses) {
    warmFromTheStart = addresses;
  }

  /** Marks the address as accessed in this transaction; whether it had not been (EIP-2929). */
  public boolean markWarm(Address address) {
    AccountEntry entry = entry(address);
    if (entry.isWarm()) {
      return false;
    }
    entry.markWarm();
    return !warmFromTheStart.contains(address);
  }

  /** Marks the slot as accessed in this transaction; whether it had not been (EIP-2929). */
  public boolean markWarm(Address address, UInt256 slot) {
    Slot found = entry(address).storage().slot(slot);
    boolean cold = !found.isWarm();
    if (cold) {
      found.markWarm();
    }
    return cold;
  }

  /** A mark to go back to. Valid until the transaction ends or an older mark is gone back to. */
  public int snapshot() {
    return journal.size();
  }

  /**
   * Undoes everything since the snapshot.
   *
   * @throws IllegalArgumentException if it is not valid any more
   */
  public void revert(int snapshot) {
    journal.revert(snapshot);
  }

  /**
   * Ends a transaction: removes what self-destructed, and if asked for the touched accounts that
   * are empty (EIP-161). Clears transient storage, warm marks and snapshots.
   */
  public void finishTransaction(boolean deleteEmpty) {
    if (touchedForEver) {
      entry(TOUCHED_FOR_EVER).touch();
      touchedForEver = false;
    }
    for (AccountEntry entry : touched) {
      entry.finish(deleteEmpty);
      changed.add(entry);
    }
    touched.clear();
    transientStorage.clear();
    warmFromTheStart = Set.of();
    journal.endTransaction();
  }

  /** What the accounts that finished transactions changed owned before, all together. */
  public Amount ownedBefore() {
    return changed.stream().map(AccountEntry::balanceBefore).reduce(Amount.ZERO, Amount::plus);
  }

  /** What these accounts own now, all together. */
  public Amount ownedNow() {
    return changed.stream().map(AccountEntry::balance).reduce(Amount.ZERO, Amount::plus);
  }

  /**
   * The state with all changes, after ending the running transaction. Genesis keeps its empty
   * accounts. More transactions may follow; they do not change the state returned.
   */
  public WorldState build(boolean deleteEmpty) {
    finishTransaction(deleteEmpty);
    Trie<Account> accounts = base.accounts();
    for (AccountEntry entry : changed) {
      Hash key = entry.address().keccak();
      Account account = entry.build();
      accounts = account == null ? accounts.remove(key) : accounts.put(key, account);
    }
    return new WorldState(accounts);
  }
}
