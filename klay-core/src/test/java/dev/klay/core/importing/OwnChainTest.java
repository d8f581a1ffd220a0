package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.block.Block;
import dev.klay.core.block.DeriveSha;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxType;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Blocks that we make are Klaytn blocks: a chain of ours with every type of transaction, written to
 * a file, comes back through the same validator, and reads by Klaytn's rules of headers, extra data
 * and bodies, here written out once more from {@code klaytn-blocks.md} and {@code
 * klaytn-consensus.md}.
 */
class OwnChainTest {
  private static final int VANITY = 32;

  private final Chain source = new AllTypesChain(5).test.chain;
  private final byte[] file = AllTypesPropertiesTest.export(source, 1, source.head().number());

  @Test
  void anExportedChainOfAllTypesComesBackThroughTheValidator() {
    Chain target = new Chain(source.spec(), new InMemoryChainStore());
    AllTypesPropertiesTest.importFile(target, file);
    assertThat(target.head().hash()).isEqualTo(source.head().hash());
    assertThat(target.head().supply()).isEqualTo(source.head().supply());
    Set<TxType> types = EnumSet.noneOf(TxType.class);
    for (long number = 1; number <= source.head().number(); number++) {
      StoredBlock ours = source.store().block(number).orElseThrow();
      StoredBlock theirs = target.store().block(number).orElseThrow();
      assertThat(theirs.block().encode()).isEqualTo(ours.block().encode());
      assertThat(receipts(theirs)).isEqualTo(receipts(ours));
      ours.block().transactions().forEach(tx -> types.add(tx.type()));
    }
    assertThat(types).isEqualTo(EnumSet.allOf(TxType.class));
  }

  private static List<Bytes> receipts(StoredBlock stored) {
    return stored.executed().stream()
        .map(TxOutcome.Executed::receipt)
        .map(receipt -> receipt.encode())
        .toList();
  }

  @Test
  void everyBlockReadsByKlaytnsRules() {
    Hash parent = source.genesisHash();
    RlpReader blocks = RlpReader.of(file);
    for (long number = 1; blocks.hasNext(); number++) {
      RlpReader block = blocks.readList();
      List<Bytes> header = items(block.readList());
      RlpReader body = block.readList();
      block.expectEnd();
      StoredBlock expected = source.store().block(number).orElseThrow();
      assertThat(RlpReader.of(header.get(0)).readHash()).isEqualTo(parent);
      parent = checkHeader(header, expected.block());
      checkRoots(header, body, expected);
    }
  }

  private static List<Bytes> items(RlpReader list) {
    List<Bytes> items = new ArrayList<>();
    while (list.hasNext()) {
      items.add(list.readRaw());
    }
    return items;
  }

  /** Fifteen fields; the hash covers neither committed seals nor the round, the seal neither. */
  private static Hash checkHeader(List<Bytes> header, Block expected) {
    assertThat(header).hasSize(15);
    assertThat(RlpReader.of(header.get(6)).readLong()).isEqualTo(1); // block score
    assertThat(RlpReader.of(header.get(7)).readLong()).isEqualTo(expected.number());
    Bytes extra = RlpReader.of(header.get(11)).readBytes();
    RlpReader istanbul = RlpReader.ofSingleList(extra.slice(VANITY, extra.size()));
    Bytes validators = istanbul.readRaw();
    Bytes seal = istanbul.readBytes(65);
    List<Bytes> committed = items(istanbul.readList());
    istanbul.expectEnd();
    assertThat(items(RlpReader.ofSingleList(validators))).hasSize(1);
    assertThat(committed).hasSize(1);
    assertThat(RlpReader.of(committed.get(0)).readBytes().size()).isEqualTo(65);

    byte[] vanity = Arrays.copyOf(extra.toArray(), VANITY);
    Arrays.fill(vanity, VANITY - 4, VANITY, (byte) 0); // Klaytn's round has one byte, ours four
    Hash hash = hash(header, vanity, validators, seal);
    assertThat(hash).isEqualTo(expected.hash());
    Hash signed = hash(header, vanity, validators, Bytes.EMPTY);
    assertThat(Signature.decode(seal).recoverAddress(Keccak256.hash(signed.toBytes())))
        .isEqualTo(expected.author());
    return hash;
  }

  private static Hash hash(List<Bytes> header, byte[] vanity, Bytes validators, Bytes seal) {
    RlpWriter extra = new RlpWriter().raw(vanity);
    extra.beginList().raw(validators).bytes(seal).list(none -> {}).endList();
    List<Bytes> covered = new ArrayList<>(header);
    covered.set(11, new RlpWriter().bytes(extra.toBytes()).toBytes());
    return Keccak256.hash(RlpWriter.encodeList(w -> covered.forEach(w::raw)));
  }

  /** A body's list holds one to three items for each transaction; the root is over them joined. */
  private static void checkRoots(List<Bytes> header, RlpReader body, StoredBlock expected) {
    List<Bytes> raw = new ArrayList<>();
    while (body.hasNext()) {
      RlpWriter one = new RlpWriter();
      boolean complete = false;
      while (!complete) {
        complete = body.nextIsList();
        one.raw(body.readRaw());
      }
      raw.add(one.toBytes());
    }
    assertThat(raw)
        .isEqualTo(expected.block().transactions().stream().map(SignedTx::encode).toList());
    assertThat(RlpReader.of(header.get(3)).readHash()).isEqualTo(DeriveSha.ORIGINAL.root(raw));
    assertThat(RlpReader.of(header.get(4)).readHash())
        .isEqualTo(DeriveSha.ORIGINAL.root(receipts(expected)));
  }
}
