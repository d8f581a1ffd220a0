package dev.klay.core.storage.disk;

import dev.klay.core.block.Header;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.storage.TxLocation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the index has to know about one block. */
final class BlockEntries {
  private static final byte[] NO_KEY = new byte[IndexEntry.KEY_SIZE];

  private BlockEntries() {}

  /** The entries of a block, made from what its body record holds. */
  static List<byte[]> of(StoredBlock stored, List<Address> senders, long metaPosition) {
    long number = stored.block().number();
    List<byte[]> entries = new ArrayList<>();
    entries.add(IndexEntry.ofNumber(number, metaPosition));
    entries.add(IndexEntry.of(stored.block().hash(), IndexEntry.BLOCK, number));
    if (isBallot(stored.block().header())) {
      entries.add(IndexEntry.of(NO_KEY, IndexEntry.BALLOT, number));
    }
    for (int i = 0; i < senders.size(); i++) {
      add(stored.executed().get(i), senders.get(i), new TxLocation(number, i), entries);
    }
    return entries;
  }

  private static void add(
      TxOutcome.Executed executed, Address sender, TxLocation location, List<byte[]> entries) {
    SignedTx tx = executed.transaction();
    long place = IndexEntry.pack(location);
    entries.add(IndexEntry.of(tx.hash(), IndexEntry.TRANSACTION, place));
    if (tx.feePayer().isPresent()) {
      entries.add(IndexEntry.of(tx.senderTxHash(), IndexEntry.SENDER_TRANSACTION, place));
    }
    Set<Address> involved = new LinkedHashSet<>();
    involved.add(sender);
    tx.tx().to().ifPresent(involved::add);
    executed.contract().ifPresent(involved::add);
    tx.feePayer().ifPresent(involved::add);
    involved.forEach(account -> entries.add(IndexEntry.ofAccount(account, location)));
  }

  private static boolean isBallot(Header header) {
    return !header.vote().isEmpty() || !header.governance().isEmpty();
  }

  /** The key under which all ballots are. */
  static byte[] ballotKey() {
    return NO_KEY.clone();
  }
}
