package dev.klay.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountLeaf;
import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.CarriedState;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GovernanceData;
import dev.klay.core.config.GovernanceVote;
import dev.klay.core.importing.BlockFileReader;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.CorruptBlockFileException;
import dev.klay.core.importing.CorruptStateFileException;
import dev.klay.core.importing.SampleBlocks;
import dev.klay.core.importing.StateFileReader;
import dev.klay.core.importing.StateFileWriter;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.TransactionReader;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.trie.Proof;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.fuzz.FuzzTarget;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What klay-core reads, its store's files aside. */
public enum CoreTargets implements FuzzTarget {
  HEADER {
    @Override
    boolean read(Bytes input) {
      Header header = Header.decode(input);
      assertThat(header.encode()).isEqualTo(input);
      for (SealRule rule : SealRule.values()) {
        refusable(() -> header.hash(rule));
        refusable(() -> header.proposer(rule));
      }
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return SampleBlocks.ALL.stream().map(b -> b.header().encode().toArray()).toList();
    }
  },

  BLOCK {
    @Override
    boolean read(Bytes input) {
      Block block = Block.decode(SealRule.KLAY_QBFT, input);
      assertThat(block.encode()).isEqualTo(input);
      refusable(block::author);
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return SampleBlocks.ALL.stream().map(b -> b.encode().toArray()).toList();
    }
  },

  BLOCK_FILE {
    @Override
    boolean read(Bytes input) {
      ByteArrayInputStream in = new ByteArrayInputStream(input.toArray());
      try (BlockFileReader file = new BlockFileReader(in, SealRule.KLAY_QBFT, 1 << 20)) {
        long read = 0;
        for (Optional<Block> next = file.next(); next.isPresent(); next = file.next()) {
          read += next.orElseThrow().encode().size();
        }
        assertThat(read).isEqualTo(input.size());
        return true;
      } catch (CorruptBlockFileException refused) {
        return false;
      }
    }

    @Override
    public List<byte[]> seeds() {
      RlpWriter file = new RlpWriter();
      SampleBlocks.ALL.forEach(block -> file.raw(block.encode()));
      return List.of(file.toArray());
    }
  },

  TRANSACTION {
    @Override
    boolean read(Bytes input) {
      SignedTx tx = SignedTx.decode(input);
      assertThat(tx.encode()).isEqualTo(input);
      tx.recoverAhead();
      refusable(tx::sender);
      refusable(tx::payer);
      tx.senderTxHash();
      tx.isOneChain();
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return SampleBlocks.transactions().map(tx -> tx.encode().toArray()).toList();
    }
  },

  /** Ethereum's form, without the byte 0x78. */
  ETHEREUM_TRANSACTION {
    @Override
    boolean read(Bytes input) {
      SignedTx tx = SignedTx.decodeEthereum(input);
      assertThat(tx.type().isEthereum()).isTrue();
      Bytes encoded = tx.encode();
      boolean typed = tx.type().isEthereumTyped();
      assertThat(typed ? encoded.slice(1, encoded.size()) : encoded).isEqualTo(input);
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return SampleBlocks.transactions()
          .filter(tx -> tx.type().isEthereum())
          .map(tx -> tx.encode())
          .map(b -> b.get(0) == 0x78 ? b.slice(1, b.size()) : b)
          .map(Bytes::toArray)
          .toList();
    }
  },

  PARTIAL_TRANSACTION {
    @Override
    boolean read(Bytes input) {
      PartialTx tx = PartialTx.decode(input);
      assertThat(PartialTx.decode(tx.encode())).isEqualTo(tx);
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return SampleBlocks.transactions()
          .filter(tx -> !tx.type().isEthereum())
          .map(tx -> PartialTx.of(tx).encode().toArray())
          .toList();
    }
  },

  ACCOUNT_KEY {
    @Override
    boolean read(Bytes input) {
      assertThat(AccountKey.decode(input).encode()).isEqualTo(input);
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return SampleBlocks.accountKeys().map(key -> key.encode().toArray()).toList();
    }
  },

  ACCOUNT {
    @Override
    boolean read(Bytes input) {
      assertThat(AccountLeaf.decode(input).encode()).isEqualTo(input);
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return SampleBlocks.accountLeaves().stream().map(Bytes::toArray).toList();
    }
  },

  TRIE_PROOF {
    @Override
    boolean read(Bytes input) {
      List<Bytes> nodes = new ArrayList<>();
      for (RlpReader list = RlpReader.ofSingleList(input); list.hasNext(); ) {
        nodes.add(list.readBytes());
      }
      Hash root = SampleBlocks.state().rootHash();
      Hash key = Keccak256.hash(SampleAccount.ADDRESS.unsafeArray());
      Optional<Bytes> found = new Proof(nodes).verify(root, key);
      assertThat(found).isEqualTo(SampleAccount.PROOF.verify(root, key)); // nothing else is proven
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          RlpWriter.encodeList(w -> SampleAccount.PROOF.nodes().forEach(w::bytes)).toArray());
    }
  },

  GENESIS {
    @Override
    boolean read(Bytes input) {
      Genesis genesis = Genesis.parse(text(input));
      genesis.validators();
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(utf8(ChainSpec.aspen().toJson()), utf8(ChainSpec.development().toJson()));
    }
  },

  CHAIN_SPEC {
    @Override
    boolean read(Bytes input) {
      ChainSpec spec = ChainSpec.parse(text(input));
      assertThat(ChainSpec.parse(spec.toJson())).isEqualTo(spec);
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(utf8(ChainSpec.aspen().toJson()), utf8(ChainSpec.development().toJson()));
    }
  },

  GOVERNANCE {
    @Override
    boolean read(Bytes input) {
      boolean vote = refusable(() -> GovernanceVote.decode(input));
      return refusable(() -> GovernanceData.decode(input)) || vote;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          SampleBlocks.ALL.get(0).header().governance().toArray(),
          RlpWriter.encodeList(
                  w ->
                      w.bytes(Bytes.wrap(new byte[20]))
                          .bytes(Bytes.wrap(utf8("governance.unitprice")))
                          .bytes(Bytes.wrap(new byte[] {1})))
              .toArray());
    }
  },

  /** All that a chain ended with, behind which the right checksum is put. */
  STATE_FILE {
    @Override
    boolean read(Bytes input) {
      byte[] file = Arrays.copyOf(input.unsafeArray(), input.size() + Hash.SIZE);
      System.arraycopy(sha256(input), 0, file, input.size(), Hash.SIZE);
      try {
        CarriedState state = StateFileReader.read(new ByteArrayInputStream(file));
        assertThat(state.state().rootHash()).isEqualTo(state.origin().stateRoot());
        return true;
      } catch (CorruptStateFileException refused) {
        return false;
      }
    }

    @Override
    public List<byte[]> seeds() {
      Chain chain = new Chain(ChainSpec.development(), new InMemoryChainStore());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      StateFileWriter.write(chain.spec(), chain.genesisHash(), chain.head(), out);
      return List.of(Arrays.copyOf(out.toByteArray(), out.size() - Hash.SIZE));
    }
  },

  /** What other nodes answer over JSON-RPC. */
  JSON {
    @Override
    boolean read(Bytes input) {
      JsonNode json;
      try {
        json = new JsonMapper().readTree(text(input));
      } catch (JsonProcessingException noJson) {
        return false;
      }
      boolean any = refusable(() -> Quantity.parse(json));
      any |= refusable(() -> Quantity.parseLong(json));
      return refusable(() -> TransactionReader.read(json)) || any;
    }

    @Override
    public List<byte[]> seeds() {
      List<byte[]> seeds = new ArrayList<>(List.of(utf8("\"0x1f\"")));
      SampleBlocks.transactionJson().forEach(json -> seeds.add(utf8(json)));
      return seeds;
    }
  };

  abstract boolean read(Bytes input);

  @Override
  public boolean accepts(byte[] input) {
    try {
      return read(Bytes.wrap(input));
    } catch (DecodingException refused) {
      return false;
    }
  }

  /** What may still be refused of a thing that was read. */
  private static boolean refusable(Runnable asked) {
    try {
      asked.run();
      return true;
    } catch (DecodingException refused) {
      return false;
    }
  }

  private static byte[] sha256(Bytes input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input.unsafeArray());
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String text(Bytes input) {
    return new String(input.unsafeArray(), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An account of the sample state, by the hash of its address. */
  private static final class SampleAccount {
    static final Address ADDRESS = SampleBlocks.ALL.get(1).author();
    static final Proof PROOF = SampleBlocks.state().proof(ADDRESS);
  }
}
