package dev.klay.client.junit;

import dev.klay.client.Account;
import dev.klay.client.Reverted;
import dev.klay.client.abi.DecodedLog;
import dev.klay.client.contract.Contract;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Amount;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/**
 * What tests of contracts assert again and again.
 *
 * <pre>{@code
 * assertReverts("TooPoor", () -> shop.by(buyer).send("buy", 7));
 * assertEmits(shop, receipt, "Bought", buyer.address(), 7);
 * assertGains(owner, Amount.klay(3), () -> shop.by(buyer).paying(Amount.klay(3)).send("buy", 7));
 * }</pre>
 */
public final class ChainAssertions {
  private ChainAssertions() {}

  /** The contract refuses; why. */
  public static Reverted assertReverts(Executable action) {
    return Assertions.assertThrows(Reverted.class, action);
  }

  /**
   * The contract refuses for this reason.
   *
   * @param reason the text of {@code require} or {@code revert}, or the name of the contract's
   *     error
   */
  public static Reverted assertReverts(String reason, Executable action) {
    Reverted reverted = assertReverts(action);
    boolean expected = reverted.is(reason) || reverted.reason().filter(reason::equals).isPresent();
    if (!expected) {
      Assertions.fail("expected a revert with " + reason + ", but " + reverted.getMessage());
    }
    return reverted;
  }

  /**
   * The contract logged the event in this transaction.
   *
   * @param event its name
   * @param arguments the first so many of its arguments, in their order; none to take any
   * @return the first log that matches
   */
  public static DecodedLog assertEmits(
      Contract contract, Receipt receipt, String event, Object... arguments) {
    List<DecodedLog> logs = contract.events(receipt);
    return logs.stream()
        .filter(log -> log.name().equals(event) && startsWith(log, arguments))
        .findFirst()
        .orElseGet(
            () ->
                Assertions.fail(
                    "expected " + event + Arrays.toString(arguments) + ", but logged: " + logs));
  }

  private static boolean startsWith(DecodedLog log, Object... arguments) {
    List<Object> logged = log.arguments().values();
    for (int i = 0; i < arguments.length; i++) {
      if (i >= logged.size() || !isSame(logged.get(i), arguments[i])) {
        return false;
      }
    }
    return true;
  }

  /** Numbers are compared by value, whatever their types. */
  private static boolean isSame(Object logged, Object expected) {
    return logged.equals(expected) || logged.toString().equals(text(expected));
  }

  private static String text(Object expected) {
    return expected instanceof Amount amount
        ? amount.peb().toBigInteger().toString()
        : expected.toString();
  }

  /** The account has exactly this much more afterwards. */
  public static void assertGains(Account account, Amount gain, Executable action) {
    Amount before = account.balance();
    run(action);
    assertBalance(account, before.plus(gain), before);
  }

  /** The account has exactly this much less afterwards; fees that it pays count. */
  public static void assertPays(Account account, Amount price, Executable action) {
    Amount before = account.balance();
    run(action);
    assertBalance(account, before.minus(price), before);
  }

  private static void assertBalance(Account account, Amount expected, Amount before) {
    Assertions.assertEquals(
        expected, account.balance(), () -> "balance of " + account + ", which was " + before);
  }

  private static void run(Executable action) {
    Assertions.assertDoesNotThrow(action);
  }

  /** The transaction used no more gas than this. */
  public static void assertGasUsed(long atMost, Receipt receipt) {
    if (receipt.gasUsed() > atMost) {
      Assertions.fail("expected at most " + atMost + " gas, but used " + receipt.gasUsed());
    }
  }
}
