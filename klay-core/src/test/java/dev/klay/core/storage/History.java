package dev.klay.core.storage;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.block.Block;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.block.Header;
import dev.klay.core.block.Log;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A made-up chain: every kind of change to a state, and every kind of thing a store looks up, in
 * blocks that no rule but the store's own would pass. One seed, one history.
 */
public final class History {
  public static final SealRule RULE = SealRule.KLAY_QBFT;
  public static final ChainIdentity CHAIN = new ChainIdentity(1000, RULE);

  private static final PrivateKey SENDER = key(1);
  private static final PrivateKey PAYER = key(2);

  /**
   * A block and the state after it, both in memory only.
   *
   * @param changes what made the state of the one before
   */
  public record Step(StoredBlock block, WorldState state, List<Consumer<StateUpdater>> changes) {
    /** Appends the block with its state made on the one that the store holds, as a chain does. */
    public void appendTo(ChainStore store) {
      long number = block.block().number();
      StateUpdater updater =
          new StateUpdater(number == 0 ? WorldState.EMPTY : store.state(number - 1).orElseThrow());
      changes.forEach(change -> change.accept(updater));
      store.append(block, updater.build(true));
    }
  }

  private final SplittableRandom random;
  private final int accounts;
  private final int changes;
  private final List<Step> steps = new ArrayList<>();
  private WorldState state = WorldState.EMPTY;
  private long nonce;

  /**
   * An empty history.
   *
   * @param accounts that there can be
   * @param changes of every block
   */
  public History(long seed, int accounts, int changes) {
    this.random = new SplittableRandom(seed);
    this.accounts = accounts;
    this.changes = changes;
  }

  public static List<Step> of(long seed, int blocks) {
    History history = new History(seed, 40, 6);
    for (int i = 0; i < blocks; i++) {
      history.next(i % 3);
    }
    return history.steps;
  }

  public static PrivateKey key(int number) {
    return PrivateKey.of(Keccak256.hash(new byte[] {7, (byte) number}).toArray());
  }

  public Address account(int number) {
    return Address.fromHash(Keccak256.hash(new byte[] {(byte) (number >> 8), (byte) number}));
  }

  /** Adds a block with so many transactions. */
  public Step next(int transactions) {
    List<Consumer<StateUpdater>> made = new ArrayList<>();
    for (int i = 0; i < changes; i++) {
      made.add(change());
    }
    return next(transactions, made);
  }

  /** Adds a block with these changes. */
  public Step next(int transactions, List<Consumer<StateUpdater>> made) {
    StateUpdater updater = new StateUpdater(state);
    made.forEach(change -> change.accept(updater));
    state = updater.build(true);
    List<TxOutcome.Executed> executed = new ArrayList<>();
    for (int i = 0; i < transactions; i++) {
      executed.add(executed(transaction()));
    }
    Block block =
        Block.of(RULE, header(), executed.stream().map(TxOutcome.Executed::transaction).toList());
    Step step =
        new Step(new StoredBlock(block, executed, Amount.peb(steps.size() + 7L)), state, made);
    steps.add(step);
    return step;
  }

  private Consumer<StateUpdater> change() {
    Address address = account(random.nextInt(accounts));
    UInt256 slot = UInt256.of(random.nextInt(20));
    UInt256 word = UInt256.of(random.nextInt(3));
    Code code = Code.of(code(), CodeInfo.ISTANBUL);
    Amount amount = Amount.peb(random.nextLong(1L << 50));
    return switch (random.nextInt(6)) {
      case 0 ->
          updater -> {
            updater.createContract(address);
            updater.setCode(address, code);
            updater.setStorage(address, slot, UInt256.ONE);
          };
      case 1 ->
          updater -> {
            if (updater.isContract(address)) {
              updater.setStorage(address, slot, word);
            }
          };
      case 2 -> updater -> updater.selfDestruct(address);
      default -> updater -> updater.addBalance(address, amount);
    };
  }

  private Bytes code() {
    byte[] code = new byte[random.nextInt(1, 4) * 300];
    code[0] = (byte) random.nextInt(4); // few, so that accounts share them
    return Bytes.wrap(code);
  }

  private SignedTx transaction() {
    boolean delegated = random.nextBoolean();
    ValueTransferTx tx =
        new ValueTransferTx(
            new TxHead(nonce++, Amount.ston(25), 21_000),
            delegated ? FeeDelegation.FULL : FeeDelegation.NONE,
            SENDER.address(),
            account(random.nextInt(accounts)),
            Amount.peb(random.nextInt(1000)));
    return delegated
        ? SignedTx.signDelegated(tx, 1000, List.of(SENDER), PAYER.address(), List.of(PAYER))
        : SignedTx.sign(tx, 1000, SENDER);
  }

  private TxOutcome.Executed executed(SignedTx tx) {
    List<Log> logs =
        random.nextBoolean()
            ? List.of()
            : List.of(new Log(account(0), List.of(Hash.ZERO), Bytes.of((byte) 9)));
    return new TxOutcome.Executed(
        tx,
        ConsensusReceipt.of(random.nextInt(2), random.nextInt(50_000), logs),
        random.nextBoolean() ? Optional.of(account(random.nextInt(accounts))) : Optional.empty(),
        Amount.ston(25));
  }

  private Header header() {
    int number = steps.size();
    Hash parent = number == 0 ? Hash.ZERO : steps.get(number - 1).block().block().hash();
    return new Header(
        parent,
        Address.ZERO,
        state.rootHash(),
        Hash.ZERO,
        Hash.ZERO,
        Bloom.EMPTY,
        UInt256.ONE,
        number,
        0,
        1_700_000_000L + number,
        0,
        Bytes.wrap(new byte[40]),
        Bytes.EMPTY,
        number % 5 == 1 ? Bytes.of((byte) 1) : Bytes.EMPTY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
