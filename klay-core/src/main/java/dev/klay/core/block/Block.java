package dev.klay.core.block;

import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A header and its transactions; the hash is computed once. Immutable. */
public final class Block {
  private final Header header;
  private final List<SignedTx> transactions;
  private final SealRule rule;
  private final Hash hash;

  // Caches; a race only computes them twice.
  private volatile @Nullable Address author;
  private volatile @Nullable Bytes encoded;
  private volatile @Nullable Root transactionsRoot;

  private record Root(DeriveSha mode, Hash hash) {}

  private Block(SealRule rule, Header header, List<SignedTx> transactions, Hash hash) {
    this.rule = rule;
    this.header = header;
    this.transactions = List.copyOf(transactions);
    this.hash = hash;
  }

  /** A block of a chain that seals by the rule. */
  public static Block of(SealRule rule, Header header, List<SignedTx> transactions) {
    return new Block(rule, header, transactions, header.hash(rule));
  }

  /**
   * Reads RLP([header, transactions]).
   *
   * @throws dev.klay.crypto.DecodingException if it is anything else
   */
  public static Block decode(SealRule rule, Bytes encoded) {
    RlpReader reader = RlpReader.of(encoded);
    Block block = read(rule, reader);
    reader.expectEnd();
    return block;
  }

  /** Reads the next block of a sequence, such as a chain export. */
  public static Block read(SealRule rule, RlpReader reader) {
    RlpReader parts = reader.readList();
    Header header = Header.read(parts.readList());
    List<SignedTx> transactions = new ArrayList<>();
    for (RlpReader body = parts.readList(); body.hasNext(); ) {
      transactions.add(SignedTx.read(body));
    }
    parts.expectEnd();
    return of(rule, header, transactions);
  }

  /** RLP([header, transactions]); a typed transaction stands in the list as two or three items. */
  public Bytes encode() {
    Bytes known = encoded;
    if (known == null) {
      known = write();
      encoded = known;
    }
    return known;
  }

  private Bytes write() {
    RlpWriter writer = new RlpWriter(1024 + 256 * transactions.size());
    writer.beginList();
    header.write(writer);
    writer.beginList();
    transactions.forEach(tx -> writer.raw(tx.encode()));
    return writer.endList().endList().toBytes();
  }

  /** The same block with another certificate; its hash stays. */
  public Block withExtra(ExtraData extra) {
    Block other = of(rule, header.withExtra(extra), transactions);
    if (!other.hash.equals(hash)) {
      throw new IllegalArgumentException("the extra data belongs to another block than " + hash);
    }
    other.author = author;
    return other;
  }

  /**
   * The validator that made the block, recovered from its seal once.
   *
   * @throws dev.klay.crypto.DecodingException if there is no such seal
   */
  public Address author() {
    Address known = author;
    if (known == null) {
      known = header.proposer(rule);
      author = known;
    }
    return known;
  }

  /** The root of the transactions that are here, computed once, whatever the header says. */
  public Hash transactionsRoot(DeriveSha mode) {
    Root known = transactionsRoot;
    if (known == null || known.mode() != mode) {
      known = new Root(mode, mode.root(transactions.stream().map(SignedTx::encode).toList()));
      transactionsRoot = known;
    }
    return known.hash();
  }

  public Header header() {
    return header;
  }

  public long number() {
    return header.number();
  }

  public List<SignedTx> transactions() {
    return transactions;
  }

  /** Identity of the block: equal whatever certificate it carries. */
  public Hash hash() {
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Block that && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "block " + number() + " " + hash;
  }
}
