package dev.klay.core.account;

import dev.klay.core.trie.NodeCache;
import dev.klay.core.trie.NodeReader;
import dev.klay.core.trie.NodeRecordReader;
import dev.klay.core.trie.NodeRecordWriter;
import dev.klay.core.trie.StoredTries;
import dev.klay.core.trie.ValueRecords;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;

/**
 * Accounts in the records of a store: the {@link AccountLeaf}, then where the words are. Code is
 * kept apart, found by the hash in the leaf.
 */
public final class AccountRecords implements ValueRecords<Account> {
  /** Objects of an account that its record does not show, roughly. */
  private static final int ACCOUNT_BYTES = 256;

  private final StoredTries<UInt256> words;
  private final CodeStore codes;

  public AccountRecords(NodeReader reader, NodeCache cache, CodeStore codes) {
    this.words = new StoredTries<>(Storage.CODEC, new WordRecords(), reader, cache);
    this.codes = codes;
  }

  @Override
  public Account write(Account account, NodeRecordWriter record) {
    if (!account.code().isEmpty()) {
      codes.save(account.code());
    }
    record.bytes(account.encode().unsafeArray());
    return account.withStorage(new Storage(record.trie(words, account.storage().words())));
  }

  @Override
  public Account read(NodeRecordReader record) {
    AccountLeaf leaf = AccountLeaf.decode(Bytes.wrap(record.bytes()));
    Storage storage = new Storage(record.trie(words));
    boolean plain = leaf.codeHash().equals(Code.EMPTY.hash());
    Bytes code = plain ? Bytes.EMPTY : codes.load(leaf.codeHash());
    return new Account(
        leaf.type(),
        leaf.nonce(),
        leaf.balance(),
        leaf.key(),
        storage,
        new Code(code, leaf.codeHash(), leaf.codeInfo()));
  }

  @Override
  public long extraBytes(Account account) {
    return ACCOUNT_BYTES + account.code().bytes().size();
  }

  /** A word as its minimal bytes. */
  private static final class WordRecords implements ValueRecords<UInt256> {
    @Override
    public UInt256 write(UInt256 word, NodeRecordWriter record) {
      record.bytes(word.toMinimalBytes());
      return word;
    }

    @Override
    public UInt256 read(NodeRecordReader record) {
      return UInt256.fromBytes(record.bytes());
    }
  }
}
