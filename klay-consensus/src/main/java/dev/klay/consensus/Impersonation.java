package dev.klay.consensus;

import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Address;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** For which accounts transactions may be sent that they did not sign. Safe for any thread. */
final class Impersonation {
  private final long chainId;
  private final Set<Address> accounts = ConcurrentHashMap.newKeySet();
  private volatile boolean everybody;

  Impersonation(long chainId) {
    this.chainId = chainId;
  }

  void start(Address account) {
    accounts.add(account);
  }

  /** Whether the account was impersonated. */
  boolean stop(Address account) {
    return accounts.remove(account);
  }

  void everybody(boolean all) {
    everybody = all;
  }

  boolean covers(Address account) {
    return everybody || accounts.contains(account);
  }

  SignedTx send(Address account, Tx tx) {
    if (!covers(account)) {
      throw new IllegalStateException(account + " is not impersonated; call impersonate first");
    }
    return SignedTx.impersonated(tx, account, chainId);
  }

  void clear() {
    accounts.clear();
    everybody = false;
  }
}
