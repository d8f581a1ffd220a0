package dev.klay.examples.benchmarks.storage;

import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Genesis;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.ChainIdentity;
import dev.klay.core.storage.DirectoryStorage;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.Storage;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.storage.disk.DiskChainStore;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The durable store with a state of many accounts: blocks that change 10,000 of them at random,
 * empty blocks, an opening, and reads. {@code [DIRECTORY] [ACCOUNTS] [BLOCKS]}; the directory must
 * not hold a store yet.
 */
public final class StateGrowth {
  private static final int CHANGED = 10_000;
  private static final int READS = 20_000;

  private final ChainSpec spec = ChainSpec.aspen();
  private final SplittableRandom random = new SplittableRandom(1);
  private final int accounts;
  private Block last;

  private StateGrowth(int accounts) {
    this.accounts = accounts;
    Genesis genesis = spec.genesis();
    last = genesis.block(spec.sealRule(), genesis.state());
  }

  public static void main(String[] args) {
    Path directory = Path.of(args.length > 0 ? args[0] : "state-growth");
    int accounts = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
    int blocks = args.length > 2 ? Integer.parseInt(args[2]) : 50;
    new StateGrowth(accounts).run(directory, blocks);
  }

  private void run(Path directory, int blocks) {
    DirectoryStorage storage = Storage.directory(directory, Retention.blocks(8));
    try (DiskChainStore store = storage.open(ChainIdentity.of(spec))) {
      append(store, spec.genesis().state());
      for (int first = 0; first < accounts; first += CHANGED) {
        StateUpdater updater = new StateUpdater(head(store));
        for (int i = first; i < first + CHANGED; i++) {
          updater.addBalance(address(i), Amount.klay(1));
        }
        append(store, updater.build(true));
      }
      report("block of 10,000 changes", measure(store, blocks, CHANGED));
      report("block of 1 change", measure(store, blocks, 1));
      System.out.printf("states take %d MiB of files%n", store.stateFileBytes() >> 20);
    }
    long start = System.nanoTime();
    try (DiskChainStore store = storage.open(ChainIdentity.of(spec))) {
      System.out.printf("open %.1f ms%n", (System.nanoTime() - start) / 1e6);
      for (String kind : List.of("cold", "warm")) {
        start = System.nanoTime();
        WorldState state = head(store);
        for (int i = 0; i < READS; i++) {
          state.balance(address(random.nextInt(accounts)));
        }
        System.out.printf(
            "%s read of an account %.1f us%n", kind, (System.nanoTime() - start) / 1e3 / READS);
      }
      System.out.printf("cache %d MiB%n", store.cachedBytes() >> 20);
    }
  }

  private double[] measure(DiskChainStore store, int blocks, int changed) {
    double[] millis = new double[blocks];
    for (int block = 0; block < blocks; block++) {
      StateUpdater updater = new StateUpdater(head(store));
      for (int i = 0; i < changed; i++) {
        updater.addBalance(address(random.nextInt(accounts)), Amount.peb(1));
      }
      WorldState next = updater.build(true);
      next.rootHash();
      long start = System.nanoTime();
      append(store, next);
      millis[block] = (System.nanoTime() - start) / 1e6;
    }
    return millis;
  }

  private static void report(String what, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        "append a %s: p50 %.1f ms p99 %.1f ms%n",
        what, millis[millis.length / 2], millis[millis.length * 99 / 100]);
  }

  private void append(DiskChainStore store, WorldState state) {
    long number = store.lastNumber() + 1;
    Header like = last.header();
    Header header =
        new Header(
            number == 0 ? Hash.ZERO : last.hash(),
            like.rewardBase(),
            state.rootHash(),
            like.transactionsRoot(),
            like.receiptsRoot(),
            like.bloom(),
            like.blockScore(),
            number,
            0,
            like.time() + 1,
            0,
            like.extra(),
            like.governance(),
            like.vote(),
            like.baseFee(),
            like.randomReveal(),
            like.mixHash());
    last = Block.of(spec.sealRule(), header, List.of());
    store.append(new StoredBlock(last, List.of(), Amount.ZERO), state);
  }

  private static WorldState head(DiskChainStore store) {
    return store.state(store.lastNumber()).orElseThrow();
  }

  private static Address address(int number) {
    byte[] name = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    return Address.fromHash(Keccak256.hash(name));
  }
}
