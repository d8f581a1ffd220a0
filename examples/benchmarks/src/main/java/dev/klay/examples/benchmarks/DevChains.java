package dev.klay.examples.benchmarks;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.consensus.Cheats;
import dev.klay.consensus.Snapshot;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tests on development chains wait for: snapshots, going back and forks, with a small and a
 * large state; 200 tests on one chain that goes back, as {@code @KlayTest} has it, and on a fresh
 * chain each; the time to finality where blocks are made on demand.
 */
final class DevChains {
  private static final int TIMES = 1_000;
  private static final int TESTS = 200;
  private static final int ACCOUNTS = 100_000;

  private DevChains() {}

  public static void main(String[] args) {
    try (KlayChain chain = KlayChain.inMemory()) {
      measure("10 accounts", chain);
      fill(chain.cheats());
      measure(ACCOUNTS + " accounts", chain);
    }
    tests();
    finality(1);
    finality(4);
  }

  private static void fill(Cheats cheats) {
    Map<Address, Amount> balances = new TreeMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      byte[] bytes = new byte[Address.SIZE];
      bytes[0] = 0x77;
      bytes[17] = (byte) (i >>> 16);
      bytes[18] = (byte) (i >>> 8);
      bytes[19] = (byte) i;
      balances.put(Address.of(bytes), Amount.peb(i + 1));
    }
    cheats.setBalances(balances);
    cheats.mine();
  }

  private static void measure(String state, KlayChain chain) {
    Snapshot[] taken = new Snapshot[1];
    median(TIMES, () -> taken[0] = chain.snapshot());
    median(TIMES, () -> chain.restore(taken[0]));
    System.out.printf(
        "%s: snapshot %.2f us, going back %.1f us, fork %.2f us, and its first read %.0f us"
            + " (medians)%n",
        state,
        median(TIMES, () -> taken[0] = chain.snapshot()),
        median(TIMES, () -> chain.restore(taken[0])),
        median(TIMES, () -> chain.fork().close()),
        median(TIMES, () -> readOnFork(chain)));
  }

  /** Its nodes start for that. */
  private static void readOnFork(KlayChain chain) {
    try (KlayChain fork = chain.fork()) {
      fork.client().height();
    }
  }

  /** Microseconds. */
  private static double median(int times, Runnable work) {
    double[] micros = new double[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      work.run();
      micros[i] = (System.nanoTime() - start) / 1e3;
    }
    Arrays.sort(micros);
    return micros[times / 2];
  }

  private static void tests() {
    for (int round = 0; round < 2; round++) { // the first warms up
      long start = System.nanoTime();
      try (KlayChain chain = KlayChain.inMemory()) {
        Contract token = deploy(chain);
        Snapshot prepared = chain.snapshot();
        for (int i = 0; i < TESTS; i++) {
          chain.cheats().reset(prepared);
          test(chain, token);
        }
      }
      double forked = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      for (int i = 0; i < TESTS; i++) {
        try (KlayChain chain = KlayChain.inMemory()) {
          test(chain, deploy(chain));
        }
      }
      double fresh = (System.nanoTime() - start) / 1e6;
      if (round == 1) {
        System.out.printf(
            "%d tests with a contract: on a chain that goes back %.0f ms, on a fresh chain each"
                + " %.0f ms%n",
            TESTS, forked, fresh);
      }
    }
  }

  private static Contract deploy(KlayChain chain) {
    BigInteger supply = BigInteger.valueOf(1_000_000);
    return Contract.deploy(chain.account(0), PartnerToken.code(), "Token", "TOK", 18, supply);
  }

  private static void test(KlayChain chain, Contract token) {
    token.send("transfer", chain.account(1).address(), 1);
  }

  private static void finality(int validators) {
    ChainSpec spec = ChainSpec.development().withValidators(validators);
    try (KlayChain chain = KlayChain.of(spec, 0)) {
      Account alice = chain.account(0);
      Address bob = chain.account(1).address();
      double[] millis = new double[2 * TIMES];
      for (int i = 0; i < millis.length; i++) {
        long start = System.nanoTime();
        alice.send(bob, Amount.peb(1));
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
      double[] warm = Arrays.copyOfRange(millis, TIMES, millis.length);
      Arrays.sort(warm);
      System.out.printf(
          "%d validators on demand, transfer to finality: p50 %.2f ms, p99 %.2f ms%n",
          validators, warm[TIMES / 2], warm[TIMES * 99 / 100]);
    }
  }
}
