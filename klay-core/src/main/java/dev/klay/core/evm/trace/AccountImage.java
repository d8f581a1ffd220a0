package dev.klay.core.evm.trace;

import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An account as a trace shows it; after a transaction with what has changed only.
 *
 * @param nonce an unsigned integer
 * @param code empty if there is none
 * @param storage the slots that the transaction touched
 */
public record AccountImage(
    Optional<Amount> balance,
    Optional<Long> nonce,
    Optional<Bytes> code,
    SortedMap<UInt256, UInt256> storage) {
  public AccountImage {
    storage = Collections.unmodifiableSortedMap(new TreeMap<>(storage));
  }

  /** With another balance; none below zero. */
  AccountImage plus(BigInteger difference) {
    return new AccountImage(
        balance.map(
            amount -> Amount.peb(amount.peb().toBigInteger().add(difference).max(BigInteger.ZERO))),
        nonce,
        code,
        storage);
  }

  /** With the nonce before the last transaction. */
  AccountImage withNonceBefore() {
    return new AccountImage(balance, nonce.map(number -> number - 1), code, storage);
  }

  /** Whether there was an account, storage aside. */
  boolean isSomething() {
    return balance.filter(amount -> !amount.isZero()).isPresent()
        || nonce.filter(number -> number != 0).isPresent()
        || code.filter(bytes -> !bytes.isEmpty()).isPresent();
  }

  AccountImage withStorage(SortedMap<UInt256, UInt256> slots) {
    return new AccountImage(balance, nonce, code, slots);
  }
}
