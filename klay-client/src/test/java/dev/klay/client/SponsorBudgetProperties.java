package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.SponsorLedger.Budgets;
import dev.klay.client.SponsorLedger.Claim;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Never overspent by one peb: several threads sign and settle at once, the process dies now and
 * then, with a torn line or without what was not yet durable.
 */
class SponsorBudgetProperties {
  private static final int THREADS = 3;
  private static final int LIVES = 3;
  private static final int STEPS = 12;
  private static final int USERS = 4;
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  /** What the chain will charge at most: the claim of all that was signed, or its known cost. */
  private final Map<Hash, Claim> signed = new ConcurrentHashMap<>();

  private final Map<Hash, Amount> costs = new ConcurrentHashMap<>();
  private final AtomicLong serial = new AtomicLong();

  @Property(tries = 15)
  void neitherAUsersBudgetNorThatOfAllIsExceeded(@ForAll long seed) throws IOException {
    signed.clear();
    costs.clear();
    Random random = new Random(seed);
    Budgets budgets =
        new Budgets(Amount.peb(1 + random.nextInt(400)), Amount.peb(1 + random.nextInt(900)));
    Path directory = Files.createTempDirectory("klay-sponsor");
    Path file = directory.resolve("book");
    try {
      for (int life = 0; life < LIVES; life++) {
        try (SponsorBook book = SponsorBook.open(file)) {
          live(book.ledger(), budgets, random);
        }
        ensureWithin(budgets);
        die(file, random);
      }
    } finally {
      for (String name : List.of("book", "book.lock")) {
        Files.deleteIfExists(directory.resolve(name));
      }
      Files.delete(directory);
    }
  }

  private void live(SponsorLedger ledger, Budgets budgets, Random random) {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      long seed = random.nextLong();
      Thread thread = new Thread(() -> steps(ledger, budgets, new Random(seed)));
      thread.setUncaughtExceptionHandler(
          (who, failure) -> {
            synchronized (failures) {
              failures.add(failure);
            }
          });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(failures).isEmpty();
  }

  private void steps(SponsorLedger ledger, Budgets budgets, Random random) {
    List<Hash> own = new ArrayList<>(signed.keySet());
    for (int i = 0; i < STEPS; i++) {
      boolean sign = own.isEmpty() || random.nextInt(3) > 0;
      if (sign) {
        sign(ledger, budgets, random, own);
      } else {
        settle(ledger, own.remove(random.nextInt(own.size())), random);
      }
    }
  }

  private void sign(SponsorLedger ledger, Budgets budgets, Random random, List<Hash> own) {
    Address user = user(random.nextInt(USERS));
    Amount most = Amount.peb(1 + random.nextInt(120));
    try {
      Claim claim = ledger.reserve(user, most, budgets, NOW);
      String name = "tx " + serial.incrementAndGet();
      Hash hash = Keccak256.hash(name.getBytes(StandardCharsets.UTF_8));
      ledger.record(hash, claim);
      signed.put(hash, claim); // from here on the chain may charge it
      own.add(hash);
    } catch (SponsorRefusedException noBudget) {
      assertThat(most.peb().isZero()).isFalse();
    }
  }

  /** The chain charges a part of it; the same however often it is asked. */
  private void settle(SponsorLedger ledger, Hash hash, Random random) {
    Claim claim = signed.get(hash);
    long most = claim.most().peb().toBigInteger().longValueExact();
    Amount cost = costs.computeIfAbsent(hash, h -> Amount.peb(random.nextInt((int) most + 1)));
    ledger.settle(hash, cost);
  }

  private void ensureWithin(Budgets budgets) {
    Map<Address, Amount> byUser = new HashMap<>();
    Amount all = Amount.ZERO;
    for (Map.Entry<Hash, Claim> entry : signed.entrySet()) {
      Amount charged = costs.getOrDefault(entry.getKey(), entry.getValue().most());
      all = all.plus(charged);
      byUser.merge(entry.getValue().user(), charged, Amount::plus);
    }
    assertThat(all).isLessThanOrEqualTo(budgets.perDay());
    assertThat(byUser.values())
        .allSatisfy(sum -> assertThat(sum).isLessThanOrEqualTo(budgets.perUser()));
  }

  /** The last lines, if they only free something, may be lost; the very last may be torn. */
  private static void die(Path file, Random random) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int kept = lines.size();
    while (kept > 0 && lines.get(kept - 1).contains(" cost ") && random.nextBoolean()) {
      kept--;
    }
    long size = lines.subList(0, kept).stream().mapToLong(line -> line.length() + 1).sum();
    if (kept < lines.size()) {
      size += random.nextInt(lines.get(kept).length());
    }
    cut(file, size);
  }

  private static void cut(Path file, long size) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Address user(int number) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[Address.SIZE - 1] = (byte) number;
    return Address.of(bytes);
  }
}
