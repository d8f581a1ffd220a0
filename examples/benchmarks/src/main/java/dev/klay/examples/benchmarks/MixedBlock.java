package dev.klay.examples.benchmarks;

import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.GenesisAccount;
import dev.klay.core.importing.BuiltBlock;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.Proposal;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.transaction.EthereumTxDraft;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.NewTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxDraft;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A block of 5,000 transactions of all of Klaytn's types, with no, full and partial fee delegation,
 * and of Ethereum's types 0, 1 and 2: checks, execution, receipts, all roots, sealing. Senders are
 * recovered before, each sends one.
 */
final class MixedBlock {
  private static final int COUNT = 5_000;
  private static final int KINDS = 24;
  private static final int WARM_UPS = 20;
  private static final int RUNS = 31;
  private static final Address CONTRACT = TestAccounts.address(-1);

  /** SSTORE(calldata[0..32], calldata[32..64]) and a log. */
  private static final String CODE = "6020356000355560003560006000a100";

  /** Copies the 16 bytes behind its own nine and returns them. */
  private static final Bytes INIT_CODE = Bytes.fromHex("0x60108060093d393df3" + CODE);

  private final ChainSpec spec;
  private final List<PrivateKey> senders = TestAccounts.keys(COUNT);
  private final PrivateKey payer = TestAccounts.keys(COUNT + 1).get(COUNT);

  private MixedBlock() {
    ChainSpec funded =
        ChainSpec.development()
            .withAccounts(senders.stream().map(PrivateKey::address).toList(), Amount.klay(1000))
            .withAccounts(List.of(payer.address()), Amount.klay(1_000_000));
    GenesisAccount contract =
        new GenesisAccount(
            Amount.ZERO, 1, Bytes.fromHex("0x" + CODE), Collections.emptySortedMap());
    spec = funded.withGenesis(funded.genesis().withAccounts(Map.of(CONTRACT, contract)));
  }

  public static void main(String[] args) {
    new MixedBlock().measure();
  }

  private void measure() {
    List<SignedTx> transactions =
        IntStream.range(0, COUNT).parallel().mapToObj(this::transaction).toList();
    transactions.parallelStream().forEach(SignedTx::recoverAhead);
    Chain chain = new Chain(spec, new InMemoryChainStore());
    PrivateKey proposer = DevKeys.ofValidator(spec.validators().get(0)).orElseThrow();
    double[] millis = new double[RUNS];
    long gas = 0;
    for (int i = -WARM_UPS; i < RUNS; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      BuiltBlock built =
          chain.build(
              new Proposal(
                  proposer,
                  proposer.address(),
                  chain.head().header().timestampMillis() + 1000,
                  () -> false),
              transactions.iterator());
      millis[Math.max(i, 0)] =
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
      if (built.block().transactions().size() != COUNT) {
        throw new AssertionError(built.refused().values().toString());
      }
      gas = built.block().header().gasUsed();
    }
    Arrays.sort(millis);
    double median = millis[RUNS / 2];
    System.out.printf(
        "a block of %d mixed transactions, %.1f Mgas: %.1f ms of CPU, %.1f us each, %.0f Mgas/s"
            + " (median of %d)%n",
        COUNT, gas / 1e6, median, median * 1000 / COUNT, gas / 1e3 / median, RUNS);
  }

  private SignedTx transaction(int index) {
    PrivateKey key = senders.get(index);
    int kind = index % KINDS;
    if (kind >= 21) {
      return ethereum(kind - 21, index).sign(spec.chainId(), key);
    }
    TxDraft<? extends KlaytnTx> draft = draft(kind / 3, key, index);
    return switch (kind % 3) {
      case 0 -> draft.sign(spec.chainId(), key);
      case 1 ->
          draft
              .feeDelegated()
              .signAsSender(spec.chainId(), key)
              .signAsFeePayer(spec.chainId(), payer.address(), List.of(payer))
              .complete();
      default ->
          draft
              .feeDelegated(30)
              .signAsSender(spec.chainId(), key)
              .signAsFeePayer(spec.chainId(), payer.address(), List.of(payer))
              .complete();
    };
  }

  private static Bytes data(int index) {
    byte[] words = new byte[64];
    words[30] = (byte) (index >> 8);
    words[31] = (byte) index;
    words[63] = 1;
    return Bytes.wrap(words);
  }

  private TxDraft<? extends KlaytnTx> draft(int kind, PrivateKey key, int index) {
    Address from = key.address();
    Address to = senders.get((index * 7 + 1) % COUNT).address();
    Amount price = Amount.ston(25);
    Amount one = Amount.peb(1);
    return switch (kind) {
      case 0 ->
          NewTx.valueTransfer().from(from).to(to).value(one).nonce(0).gasPrice(price).gas(90_000);
      case 1 ->
          NewTx.memo()
              .from(from)
              .to(to)
              .value(one)
              .memo(data(index))
              .nonce(0)
              .gasPrice(price)
              .gas(90_000);
      case 2 ->
          NewTx.accountUpdate()
              .from(from)
              .key(new AccountKeyPublic(payer.publicKey()))
              .nonce(0)
              .gasPrice(price)
              .gas(90_000);
      case 3 ->
          NewTx.deploy().from(from).noValue().input(INIT_CODE).nonce(0).gasPrice(price).gas(90_000);
      case 4 ->
          NewTx.execution()
              .from(from)
              .to(CONTRACT)
              .noValue()
              .input(data(index))
              .nonce(0)
              .gasPrice(price)
              .gas(90_000);
      case 5 -> NewTx.cancel().from(from).nonce(0).gasPrice(price).gas(90_000);
      default ->
          NewTx.anchoring().from(from).data(data(index)).nonce(0).gasPrice(price).gas(90_000);
    };
  }

  private EthereumTxDraft ethereum(int kind, int index) {
    Amount price = Amount.ston(25);
    return switch (kind) {
      case 0 ->
          NewTx.legacy()
              .to(CONTRACT)
              .noValue()
              .input(data(index))
              .nonce(0)
              .gasPrice(price)
              .gas(90_000);
      case 1 ->
          NewTx.ethereumAccessList()
              .to(CONTRACT)
              .noValue()
              .input(data(index))
              .noAccessList()
              .nonce(0)
              .gasPrice(price)
              .gas(90_000);
      default ->
          NewTx.ethereumDynamicFee()
              .to(TestAccounts.address(index))
              .value(Amount.peb(1))
              .noInput()
              .noAccessList()
              .nonce(0)
              .fees(Amount.ZERO, price)
              .gas(90_000);
    };
  }
}
