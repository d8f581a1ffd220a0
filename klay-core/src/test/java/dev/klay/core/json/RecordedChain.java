package dev.klay.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.Block;
import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.block.Log;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Genesis;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The blocks of a recorded chain with the recorded outcome of each transaction; nothing is run. */
final class RecordedChain {
  private final Genesis genesis;
  private final List<Block> blocks = new ArrayList<>();
  private final Map<Hash, Long> numbers = new HashMap<>();
  private final Map<Hash, Place> transactions = new HashMap<>();
  private final Map<String, JsonNode> receipts = new HashMap<>();

  /** Where a transaction stands. */
  record Place(Block block, int index) {}

  RecordedChain(Path folder) throws IOException {
    genesis = Genesis.parse(Files.readString(folder.resolve("genesis.json")));
    add(genesis.block(SealRule.ISTANBUL, genesis.state()));
    Bytes file = Bytes.wrap(Files.readAllBytes(folder.resolve("blocks.rlp")));
    for (RlpReader reader = RlpReader.of(file); reader.hasNext(); ) {
      add(Block.read(SealRule.ISTANBUL, reader));
    }
    for (JsonNode receipt : Vectors.read(folder.resolve("receipts.json"))) {
      receipts.put(receipt.get("transactionHash").asText(), receipt);
    }
  }

  private void add(Block block) {
    blocks.add(block);
    numbers.put(block.hash(), block.number());
    for (int i = 0; i < block.transactions().size(); i++) {
      SignedTx tx = block.transactions().get(i);
      transactions.put(tx.hash(), new Place(block, i));
      transactions.put(tx.senderTxHash(), new Place(block, i));
    }
  }

  Genesis genesis() {
    return genesis;
  }

  Block block(long number) {
    return blocks.get((int) number);
  }

  Block block(Hash hash) {
    return block(numbers.get(hash));
  }

  Place transaction(Hash hash) {
    return transactions.get(hash);
  }

  BlockRules rules(Block block) {
    return new BlockRules(
        genesis.chainId(),
        block.number(),
        genesis.forks(),
        genesis.parameters(),
        genesis.parameters(),
        false);
  }

  /** Every block of these chains has the score 1. */
  UInt256 totalScore(Block block) {
    return UInt256.of(block.number() + 1);
  }

  /** The block with its recorded receipts. */
  StoredBlock stored(Block block) {
    List<TxOutcome.Executed> executed = new ArrayList<>();
    for (int i = 0; i < block.transactions().size(); i++) {
      SignedTx tx = block.transactions().get(i);
      executed.add(outcome(block, i, receipts.get(tx.hash().toHex())));
    }
    return new StoredBlock(block, executed, Amount.ZERO);
  }

  /** Every receipt in Klaytn's shape. */
  Map<Hash, JsonNode> klayReceipts() {
    Map<Hash, JsonNode> all = new HashMap<>();
    for (Block block : blocks) {
      List<? extends JsonNode> json = ReceiptJson.klay(stored(block));
      for (int i = 0; i < json.size(); i++) {
        all.put(block.transactions().get(i).hash(), json.get(i));
      }
    }
    return all;
  }

  private TxOutcome.Executed outcome(Block block, int index, JsonNode receipt) {
    boolean success = receipt.get("status").asText().equals("0x1");
    int status = success ? 1 : (int) Quantity.parseLong(receipt.get("txError"));
    List<Log> logs = new ArrayList<>();
    for (JsonNode log : receipt.get("logs")) {
      List<Hash> topics = new ArrayList<>();
      log.get("topics").forEach(topic -> topics.add(Hash.fromHex(topic.asText())));
      logs.add(
          new Log(
              Address.parse(log.get("address").asText()),
              topics,
              Bytes.fromHex(log.get("data").asText())));
    }
    Optional<Address> contract =
        receipt.get("contractAddress").isNull()
            ? Optional.empty()
            : Optional.of(Address.parse(receipt.get("contractAddress").asText()));
    return new TxOutcome.Executed(
        block.transactions().get(index),
        ConsensusReceipt.of(status, Quantity.parseLong(receipt.get("gasUsed")), logs),
        contract,
        BlockJson.position(block, index, rules(block)).gasPrice());
  }
}
