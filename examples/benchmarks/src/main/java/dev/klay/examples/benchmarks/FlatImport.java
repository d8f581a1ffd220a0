package dev.klay.examples.benchmarks;

import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.importing.BlockFileImport;
import dev.klay.core.importing.BlockFileReader;
import dev.klay.core.importing.BlockFileWriter;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.InvalidBlock;
import dev.klay.core.importing.Proposal;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.Storage;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The heap while a long chain is imported into a directory: {@code flat DIR [blocks]} makes a file
 * of 100,000 blocks with two transfers each, imports it, and shows what is in use after a
 * collection every tenth of the way. The directory must be empty and is left as it became.
 */
final class FlatImport {
  private static final int BLOCKS = 100_000;
  private static final int ACCOUNTS = 1_000;
  private static final int PER_BLOCK = 2;
  private static final long CACHE_BYTES = 16 << 20;

  private final ChainSpec spec;
  private final List<PrivateKey> senders = TestAccounts.keys(ACCOUNTS);

  private FlatImport() {
    spec =
        ChainSpec.development()
            .withAccounts(senders.stream().map(PrivateKey::address).toList(), Amount.klay(1000));
  }

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    int blocks = args.length > 1 ? Integer.parseInt(args[1]) : BLOCKS;
    FlatImport flat = new FlatImport();
    Path file = directory.resolve("blocks.rlp");
    flat.generate(file, directory.resolve("source"), blocks);
    flat.importFile(file, directory.resolve("target"), blocks);
  }

  private Storage storage(Path directory) {
    return Storage.directory(directory, Retention.blocks(16)).withMemory(CACHE_BYTES);
  }

  private void generate(Path file, Path directory, int blocks) throws IOException {
    long start = System.nanoTime();
    try (Chain chain = Chain.open(spec, storage(directory));
        BlockFileWriter writer =
            new BlockFileWriter(new BufferedOutputStream(Files.newOutputStream(file)));
        PrivateKey validator = DevKeys.ofValidator(spec.validators().get(0)).orElseThrow()) {
      for (int i = 0; i < blocks; i++) {
        Block block = next(chain, validator, i);
        chain.importBlock(block).ifPresent(FlatImport::fail);
        writer.write(block);
      }
    }
    System.out.printf(
        "made %d blocks of %d transfers, %.1f MB, in %.0f s%n",
        blocks, PER_BLOCK, Files.size(file) / 1e6, (System.nanoTime() - start) / 1e9);
  }

  private static void fail(InvalidBlock fault) {
    throw new AssertionError(fault.toString());
  }

  private Block next(Chain chain, PrivateKey validator, int number) {
    int first = number * PER_BLOCK % ACCOUNTS;
    long nonce = (long) number * PER_BLOCK / ACCOUNTS;
    List<SignedTx> transfers =
        List.of(
            TestAccounts.transfer(
                spec.chainId(), senders.get(first), nonce, TestAccounts.address(number)),
            TestAccounts.transfer(
                spec.chainId(), senders.get(first + 1), nonce, TestAccounts.address(first)));
    long time = chain.head().header().timestampMillis() + 1000;
    Block built =
        chain
            .build(
                new Proposal(validator, validator.address(), time, () -> false),
                transfers.iterator())
            .block();
    Hash digest =
        ConsensusDigest.ofBlock(
            ConsensusDigest.COMMIT, chain.genesisHash(), built.number(), 0, built.hash());
    return built.withExtra(
        built.header().extraData().withCommittedSeals(List.of(validator.sign(digest).encode())));
  }

  private void importFile(Path file, Path directory, int blocks) throws IOException {
    long start = System.nanoTime();
    long[] largest = {0};
    try (Chain chain = Chain.open(spec, storage(directory));
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        BlockFileReader reader = new BlockFileReader(in, spec.sealRule())) {
      BlockFileImport.Progress done =
          new BlockFileImport(
                  chain,
                  progress -> {
                    if (progress.number() % (blocks / 10) == 0) {
                      long used = usedHeap();
                      largest[0] = Math.max(largest[0], used);
                      System.out.printf(
                          "block %d: %.1f MiB in use%n", progress.number(), used / 1048576.0);
                    }
                  })
              .run(reader);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "imported %d blocks, %d transactions in %.0f s: %.0f blocks/s, heap never above %.1f MiB"
              + " after a collection%n",
          done.imported(),
          done.transactions(),
          seconds,
          done.imported() / seconds,
          largest[0] / 1048576.0);
    }
  }

  private static long usedHeap() {
    for (int i = 0; i < 2; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
