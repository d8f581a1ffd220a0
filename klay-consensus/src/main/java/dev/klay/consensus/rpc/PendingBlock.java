package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.Header;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.json.HeaderJson;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The block that Ethereum's tools call pending: what the next one will build on, and what waits for
 * it. Nothing is executed, so its roots are those of the parent; hash, nonce and miner are null.
 */
final class PendingBlock {
  /** Waiting transactions that are shown. */
  private static final int TRANSACTIONS_MAX = 1_000;

  private final RpcChain chain;

  PendingBlock(RpcChain chain) {
    this.chain = chain;
  }

  List<SignedTx> transactions() {
    List<SignedTx> waiting = new ArrayList<>();
    Iterator<SignedTx> candidates = chain.pool().candidates();
    while (candidates.hasNext() && waiting.size() < TRANSACTIONS_MAX) {
      waiting.add(candidates.next());
    }
    return waiting;
  }

  ObjectNode json(boolean whole) {
    ChainHead head = chain.reads().head();
    ForkSchedule forks = chain.spec().genesis().forks();
    Header next = next(head, forks.isActive(Fork.MAGMA, head.number() + 1));
    UInt256 score = chain.reads().totalScore(next.number());
    ObjectNode json = HeaderJson.eth(next, Hash.ZERO, Address.ZERO, score, forks);
    json.putNull("hash");
    json.putNull("nonce");
    json.putNull("miner");
    json.putArray("uncles");
    ArrayNode shown = json.putArray("transactions");
    for (SignedTx tx : transactions()) {
      if (whole) {
        shown.add(TransactionJson.eth(tx, Optional.empty()));
      } else {
        shown.add(tx.hash().toHex());
      }
    }
    json.put("size", Quantity.of(next.encode().size()));
    return json;
  }

  private Header next(ChainHead head, boolean magma) {
    Header parent = head.header();
    Hash none = chain.reads().rules(head.number() + 1).parameters().deriveSha().root(List.of());
    long millis = parent.timestampMillis() + Math.max(1000, chain.spec().blockPeriodMillis());
    return new Header(
        head.hash(),
        Address.ZERO,
        parent.stateRoot(),
        none,
        none,
        Bloom.EMPTY,
        UInt256.ONE,
        head.number() + 1,
        0,
        millis / 1000,
        0,
        Bytes.EMPTY,
        Bytes.EMPTY,
        Bytes.EMPTY,
        magma ? Optional.of(chain.chain().nextBaseFee(head)) : Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
