package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.account.AccountKey;
import dev.klay.core.config.BlockRules;
import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.TransactionChecks;
import dev.klay.core.json.BlockJson;
import dev.klay.core.json.ReceiptJson;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.json.TxPosition;
import dev.klay.core.service.BlockRef;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.storage.TxLocation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PersonalMessage;
import dev.klay.crypto.secp256k1.PublicKey;
import dev.klay.crypto.secp256k1.Signature;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Transactions, their receipts, and new ones. */
final class TransactionMethods implements RpcNamespace {
  private final RpcChain chain;
  private final Dialect dialect;
  private final Submission submission;

  TransactionMethods(RpcChain chain, Dialect dialect, Submission submission) {
    this.chain = chain;
    this.dialect = dialect;
    this.submission = submission;
  }

  @Override
  public void addTo(RpcMethods table) {
    table.add(dialect.name("getTransactionByHash"), this::byHash);
    table.add(dialect.name("getRawTransactionByHash"), this::rawByHash);
    table.add(dialect.name("getTransactionReceipt"), this::receipt);
    table.addBriefAsync(dialect.name("sendRawTransaction"), this::sendRaw);
    for (String by : new String[] {"ByBlockNumberAndIndex", "ByBlockHashAndIndex"}) {
      table.add(dialect.name("getTransaction" + by), params -> inBlock(params, this::shownIn));
      table.add(dialect.name("getRawTransaction" + by), params -> inBlock(params, this::rawIn));
    }
    if (dialect == Dialect.KLAY) {
      table.add(
          "klay_getTransactionBySenderTxHash",
          params ->
              RpcChain.orNull(
                  chain
                      .chain()
                      .store()
                      .senderTransaction(params.atMost(1).at(0).asHash())
                      .map(this::shown)));
      table.add(
          "klay_getTransactionReceiptBySenderTxHash",
          params ->
              RpcChain.orNull(
                  chain
                      .chain()
                      .store()
                      .senderTransaction(params.atMost(1).at(0).asHash())
                      .map(this::receiptAt)));
      table.alias("klay_getTransactionReceiptInCache", "klay_getTransactionReceipt");
      table.add("klay_getDecodedAnchoringTransactionByHash", this::anchored);
      table.add("klay_recoverFromTransaction", this::recover);
      table.add("klay_recoverFromMessage", this::recoverFromMessage);
    }
  }

  private JsonNode byHash(RpcParams params) {
    Hash hash = params.atMost(1).at(0).asHash();
    Optional<JsonNode> inBlock = chain.chain().store().transaction(hash).map(this::shown);
    return RpcChain.orNull(inBlock.or(() -> chain.pool().find(hash).map(this::shownWaiting)));
  }

  private JsonNode shown(TxLocation location) {
    StoredBlock stored = chain.required(BlockRef.number(location.blockNumber()));
    SignedTx tx = stored.block().transactions().get(location.index());
    Optional<TxPosition> position = Optional.of(position(stored, location.index()));
    return dialect == Dialect.ETH
        ? TransactionJson.eth(tx, position)
        : TransactionJson.klay(tx, position);
  }

  private JsonNode shownWaiting(SignedTx tx) {
    return dialect == Dialect.ETH
        ? TransactionJson.eth(tx, Optional.empty())
        : TransactionJson.klay(tx, Optional.empty());
  }

  private TxPosition position(StoredBlock stored, int index) {
    return BlockJson.position(stored.block(), index, chain.reads().rules(stored.block().number()));
  }

  private JsonNode inBlock(RpcParams params, BiFunction<StoredBlock, Integer, JsonNode> show) {
    BlockRef ref = params.atMost(2).at(0).asBlock();
    int index = params.at(1).asCount();
    Optional<StoredBlock> found = chain.block(ref, dialect);
    if (found.isEmpty() || index >= found.orElseThrow().block().transactions().size()) {
      return NullNode.instance;
    }
    return show.apply(found.orElseThrow(), index);
  }

  private JsonNode shownIn(StoredBlock stored, int index) {
    SignedTx tx = stored.block().transactions().get(index);
    TxPosition position = position(stored, index);
    return dialect == Dialect.ETH
        ? TransactionJson.eth(tx, Optional.of(position))
        : TransactionJson.klayInBlock(tx, position);
  }

  private JsonNode rawIn(StoredBlock stored, int index) {
    return raw(stored.block().transactions().get(index));
  }

  private JsonNode raw(SignedTx tx) {
    return TextNode.valueOf((dialect == Dialect.ETH ? tx.ethereumEncoding() : tx.encode()).toHex());
  }

  private JsonNode rawByHash(RpcParams params) {
    Hash hash = params.atMost(1).at(0).asHash();
    Optional<SignedTx> found =
        chain
            .chain()
            .store()
            .transaction(hash)
            .map(this::transactionAt)
            .or(() -> chain.pool().find(hash));
    return found.map(this::raw).orElse(TextNode.valueOf(Bytes.EMPTY.toHex()));
  }

  private SignedTx transactionAt(TxLocation location) {
    return chain
        .required(BlockRef.number(location.blockNumber()))
        .block()
        .transactions()
        .get(location.index());
  }

  private JsonNode receipt(RpcParams params) {
    return RpcChain.orNull(
        chain.chain().store().transaction(params.atMost(1).at(0).asHash()).map(this::receiptAt));
  }

  private JsonNode receiptAt(TxLocation location) {
    StoredBlock stored = chain.required(BlockRef.number(location.blockNumber()));
    return dialect == Dialect.ETH
        ? ReceiptJson.eth(stored, location.index())
        : ReceiptJson.klay(stored, location.index());
  }

  /** What an anchoring transaction holds, for people. */
  private JsonNode anchored(RpcParams params) {
    Hash hash = params.atMost(1).at(0).asHash();
    JsonNode shown =
        chain.chain().store().transaction(hash).map(this::shown).orElse(NullNode.instance);
    if (!shown.has("inputJSON")) {
      throw RpcException.refused("there is no anchoring transaction " + hash);
    }
    return shown.get("inputJSON");
  }

  /** Who sent it, if its signatures are of keys that the account has after the block. */
  private JsonNode recover(RpcParams params) {
    SignedTx tx = decode(params.atMost(2).at(0).asBytes());
    BlockRef ref = params.at(1).asBlockOrLatest();
    BlockRules rules = chain.reads().rules(chain.required(ref).block().number());
    Optional<Rejection> no = TransactionChecks.sender(tx, chain.state(ref), rules);
    if (no.isPresent()) {
      throw RpcException.refused(no.orElseThrow().nodeMessage());
    }
    return TextNode.valueOf(tx.sender().toHex());
  }

  /** Who signed a message, by Klaytn's prefix or Ethereum's, if the account has the key. */
  private JsonNode recoverFromMessage(RpcParams params) {
    Address account = params.atMost(4).at(0).asAddress();
    Bytes message = params.at(1).asBytes();
    Bytes signature = params.at(2).asBytes();
    AccountKey key = chain.state(params.at(3).asBlockOrLatest()).key(account);
    for (PersonalMessage prefix : PersonalMessage.values()) {
      Optional<PublicKey> signer = signer(signature, prefix.digest(message));
      if (signer.filter(found -> key.contains(found, account)).isPresent()) {
        return TextNode.valueOf(signer.orElseThrow().toAddress().toHex());
      }
    }
    throw RpcException.refused("invalid signature: not of a key of " + account);
  }

  /** Whoever signed, with a recovery id as it is or as wallets show it. */
  private static Optional<PublicKey> signer(Bytes signature, Hash digest) {
    try {
      byte[] bytes = signature.toArray();
      if (bytes.length > 0 && bytes[bytes.length - 1] >= 27) {
        bytes[bytes.length - 1] -= 27;
      }
      return Optional.of(Signature.decode(Bytes.wrap(bytes)).recover(digest));
    } catch (DecodingException e) {
      return Optional.empty();
    }
  }

  private SignedTx decode(Bytes encoded) {
    try {
      return dialect == Dialect.ETH ? SignedTx.decodeEthereum(encoded) : SignedTx.decode(encoded);
    } catch (DecodingException e) {
      throw RpcException.refused(String.valueOf(e.getMessage()));
    }
  }

  private CompletableFuture<JsonNode> sendRaw(RpcParams params) {
    SignedTx tx = decode(params.atMost(1).at(0).asBytes());
    return submission.submit(tx).thenApply(hash -> TextNode.valueOf(hash.toHex()));
  }
}
