package dev.klay.core.importing;

import dev.klay.core.account.AccountKey;
import dev.klay.core.block.Block;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxType;
import dev.klay.crypto.primitive.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Valid blocks of a chain of ours in which every type of transaction and of account is. */
public final class SampleBlocks {
  private static final Chain CHAIN = new AllTypesChain(1).test.chain;

  /** Stored ones, ascending: the first with transactions, and one without. */
  public static final List<StoredBlock> STORED =
      LongStream.rangeClosed(0, CHAIN.head().number())
          .mapToObj(number -> CHAIN.store().block(number).orElseThrow())
          .limit(4)
          .toList();

  /** The same without their outcomes. */
  public static final List<Block> ALL = STORED.stream().map(StoredBlock::block).toList();

  private SampleBlocks() {}

  /** One of each type. */
  public static Stream<SignedTx> transactions() {
    Set<TxType> seen = new HashSet<>();
    return LongStream.rangeClosed(1, CHAIN.head().number())
        .mapToObj(number -> CHAIN.store().block(number).orElseThrow().block())
        .flatMap(block -> block.transactions().stream())
        .filter(tx -> seen.add(tx.type()));
  }

  /** {@link #transactions} as Klaytn's nodes show them. */
  public static Stream<String> transactionJson() {
    return transactions().map(tx -> TransactionJson.klay(tx, Optional.empty()).toString());
  }

  /** Keys of all kinds. */
  public static Stream<AccountKey> accountKeys() {
    return Stream.concat(
            Stream.of(AccountKey.LEGACY, AccountKey.FAIL),
            LongStream.rangeClosed(1, CHAIN.head().number())
                .mapToObj(number -> CHAIN.store().block(number).orElseThrow().block())
                .flatMap(block -> block.transactions().stream())
                .map(SignedTx::tx)
                .filter(AccountUpdateTx.class::isInstance)
                .map(tx -> ((AccountUpdateTx) tx).key()))
        .distinct();
  }

  /** The state in which all that left its traces. */
  public static WorldState state() {
    return CHAIN.head().state();
  }

  /** Accounts as they stand in the state's trie. */
  public static List<Bytes> accountLeaves() {
    List<Bytes> leaves = new ArrayList<>();
    state().forEach((key, account) -> leaves.add(account.encode()));
    return leaves;
  }
}
