package dev.klay.examples.services.shapes;

import dev.klay.client.Account;
import dev.klay.client.FeeLimit;
import dev.klay.client.KlayChain;
import dev.klay.client.KlayClient;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * An audit log for finance or health: records stay in the house, a digest of each and of the entry
 * before it stands in a memo on the chain. A record that is changed, left out or moved shows; a
 * secret number in each digest keeps others from guessing what it is of.
 */
public final class AuditLog {
  private static final FeeLimit FEE_MAX = FeeLimit.of("0.001");

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A record, its secret number and the transaction with the digest; kept in the house. */
  public record Entry(String text, long secret, Hash transaction) {}

  private AuditLog() {}

  /** Adds a record behind the others. */
  public static Entry append(Account clerk, List<Entry> log, String text) {
    long secret = RANDOM.nextLong();
    Bytes digest = digest(log, text, secret);
    Address self = clerk.address();
    return new Entry(text, secret, clerk.sendMemo(self, Amount.ZERO, digest, FEE_MAX).hash());
  }

  /** The first entry that is not what the clerk wrote down there; empty if all are. */
  public static OptionalInt firstFault(KlayClient client, Address clerk, List<Entry> log) {
    for (int i = 0; i < log.size(); i++) {
      Entry entry = log.get(i);
      Bytes digest = digest(log.subList(0, i), entry.text(), entry.secret());
      boolean genuine =
          client
              .receipt(entry.transaction())
              .filter(r -> r.isSuccess() && r.from().equals(clerk))
              .filter(r -> r.transaction().tx().input().equals(digest))
              .isPresent();
      if (!genuine) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static Bytes digest(List<Entry> before, String text, long secret) {
    String previous = before.isEmpty() ? "" : before.get(before.size() - 1).transaction().toHex();
    byte[] chained = (previous + " " + secret + " " + text).getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(Keccak256.hash(chained).toArray());
  }

  public static void main(String[] args) {
    try (KlayChain chain = KlayChain.inMemory()) {
      Account clerk = chain.account(0);
      List<Entry> log = new ArrayList<>();
      log.add(append(clerk, log, "09:00 account opened"));
      log.add(append(clerk, log, "09:05 loan of 100 granted"));
      System.out.println(firstFault(chain.client(), clerk.address(), log)); // OptionalInt.empty
      Entry loan = log.get(1);
      log.set(1, new Entry("09:05 loan of 900 granted", loan.secret(), loan.transaction()));
      System.out.println(firstFault(chain.client(), clerk.address(), log)); // OptionalInt[1]
    }
  }
}
