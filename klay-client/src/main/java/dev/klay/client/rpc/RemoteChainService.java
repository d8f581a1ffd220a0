package dev.klay.client.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.klay.core.account.Account;
import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.call.Call;
import dev.klay.core.call.CallRefusedException;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.CreatedAccessList;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.call.Overrides;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.json.AccountJson;
import dev.klay.core.json.BlockReader;
import dev.klay.core.json.CallResultJson;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.ReceiptReader;
import dev.klay.core.json.TransactionReader;
import dev.klay.core.service.AccountProof;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainInfo;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.ChainUnavailableException;
import dev.klay.core.service.FeeHistory;
import dev.klay.core.service.Finality;
import dev.klay.core.service.LogFilter;
import dev.klay.core.service.LogView;
import dev.klay.core.service.PoolCounts;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.core.service.TxView;
import dev.klay.core.storage.TxLocation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.trie.Proof;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.FinalityProof;
import dev.klay.crypto.proof.SealRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * The service over a node that is somewhere else. What comes back is checked: blocks, transactions
 * and receipts hash to their hashes. A Klaytn node that is none of ours answers all but what only
 * ours know (supply, history, waiting transactions; of calls it tells the output alone).
 *
 * <p>Longer than other files because {@link ChainService} is one interface of some thirty methods,
 * and each is a request and the check of its answer; how requests travel, blocks are followed and
 * receipts awaited is in the classes beside.
 */
public final class RemoteChainService implements ChainService, AutoCloseable {
  private static final int HISTORY_MAX = 1000;

  private final RemoteNode node;
  private final ChainInfo info;
  private final HeaderCache headers = new HeaderCache();
  private final RemoteBlocks blocks;
  private final RemoteWaiters waiters;

  RemoteChainService(RemoteNode node, ChainInfo info) {
    this.node = node;
    this.info = info;
    this.blocks = new RemoteBlocks(n -> block(BlockRef.number(n)), node.heads());
    this.waiters = new RemoteWaiters(node.heads(), this::hashes, this::receipt);
  }

  /**
   * Connects to a node and asks it which chain it is on.
   *
   * @param url http, https, ws or wss
   * @throws ChainUnavailableException if it does not answer
   * @throws IllegalArgumentException if the URL is none of these
   */
  public static RemoteChainService connect(String url, RemoteOptions options) {
    RemoteNode node = RemoteNode.open(url, options);
    try {
      return new RemoteChainService(node, node.info());
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  @Override
  public ChainInfo info() {
    return info;
  }

  @Override
  public CompletableFuture<Long> height() {
    return node.call("klay_blockNumber").thenApply(Quantity::parseLong);
  }

  @Override
  public CompletableFuture<Optional<BlockView>> block(BlockRef ref) {
    return found(RpcRequest.of(byNumberOrHash("klay_getBlockBy", ref), name(ref), true))
        .thenCompose(
            json -> json.isPresent() ? view(json.orElseThrow()).thenApply(Optional::of) : none());
  }

  private static <T> CompletableFuture<Optional<T>> none() {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  private CompletableFuture<BlockView> view(JsonNode json) {
    Block block = BlockReader.block(json, info.spec().sealRule());
    headers.put(block.hash(), block.header());
    Address author = block.number() == 0 ? Address.ZERO : block.author();
    String proposer =
        block.number() == 0
            ? "genesis"
            : info.spec().validatorName(author).orElse(author.toString());
    return supplyAfter(block.number())
        .thenApply(
            supply -> new BlockView(block, proposer, author, supply, finality(block.header())));
  }

  private Finality finality(Header header) {
    boolean ours = info.spec().sealRule() == SealRule.KLAY_QBFT && header.number() > 0;
    return new Finality(
        ours
            ? Optional.of(new FinalityProof(info.genesisHash(), header.encode()))
            : Optional.empty());
  }

  private CompletableFuture<List<Hash>> hashes(long block) {
    return node.call("klay_getBlockByNumber", Quantity.of(block), false)
        .thenApply(
            json -> {
              List<Hash> hashes = new ArrayList<>();
              json.path("transactions").forEach(hash -> hashes.add(Hash.fromHex(hash.asText())));
              return hashes;
            });
  }

  @Override
  public CompletableFuture<Optional<Account>> account(Address address, BlockRef ref) {
    CompletableFuture<Bytes> code = code(address, ref);
    return node.call("klay_getAccount", address.toHex(), name(ref))
        .thenCombine(
            code,
            (json, bytes) ->
                json.isObject() ? Optional.of(AccountJson.read(json, bytes)) : Optional.empty());
  }

  @Override
  public CompletableFuture<Amount> balance(Address address, BlockRef ref) {
    return node.call("klay_getBalance", address.toHex(), name(ref))
        .thenApply(RemoteChainService::amount);
  }

  private static Amount amount(JsonNode json) {
    return Amount.peb(Quantity.parse(json));
  }

  @Override
  public CompletableFuture<Long> nonce(Address address, BlockRef ref) {
    String block = ref.equals(BlockRef.PENDING) ? "pending" : name(ref);
    return node.call("klay_getTransactionCount", address.toHex(), block)
        .thenApply(Quantity::parseLong);
  }

  @Override
  public CompletableFuture<Bytes> code(Address address, BlockRef ref) {
    return node.call("klay_getCode", address.toHex(), name(ref)).thenApply(j -> bytes(j));
  }

  private static Bytes bytes(JsonNode json) {
    return Bytes.fromHex(json.asText());
  }

  @Override
  public CompletableFuture<UInt256> storageAt(Address address, UInt256 slot, BlockRef ref) {
    return node.call("klay_getStorageAt", address.toHex(), CallJson.word(slot), name(ref))
        .thenApply(json -> UInt256.fromBytes(bytes(json).toArray()));
  }

  @Override
  public CompletableFuture<AccountProof> proof(Address address, List<UInt256> slots, BlockRef ref) {
    ArrayNode names = CallJson.list();
    slots.forEach(slot -> names.add(CallJson.word(slot)));
    // One block for all three, whatever comes meanwhile.
    return header(ref)
        .thenCompose(
            header -> {
              BlockRef same = BlockRef.number(header.number());
              return node.call("klay_getProof", address.toHex(), names, name(same))
                  .thenCombine(
                      account(address, same),
                      (json, account) ->
                          new AccountProof(
                              address,
                              header.stateRoot(),
                              account,
                              proof(json.path("accountProof")),
                              slotProofs(slots, json.path("storageProof"))));
            });
  }

  private static List<AccountProof.SlotProof> slotProofs(List<UInt256> slots, JsonNode json) {
    if (json.size() != slots.size()) {
      throw new DecodingException(json.size() + " proofs for " + slots.size() + " slots");
    }
    List<AccountProof.SlotProof> proofs = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      JsonNode each = json.get(i);
      proofs.add(
          new AccountProof.SlotProof(
              slots.get(i), Quantity.parse(each.path("value")), proof(each.path("proof"))));
    }
    return proofs;
  }

  private static Proof proof(JsonNode nodes) {
    List<Bytes> all = new ArrayList<>();
    nodes.forEach(node -> all.add(bytes(node)));
    return new Proof(all);
  }

  private CompletableFuture<Header> header(BlockRef ref) {
    return node.call(byNumberOrHash("klay_getHeaderBy", ref), name(ref))
        .thenApply(json -> BlockReader.header(json, info.spec().sealRule()));
  }

  @Override
  public CompletableFuture<List<LogView>> logs(LogFilter filter) {
    return node.call("klay_getLogs", LogQueryJson.write(filter))
        .thenApply(
            json -> {
              List<LogView> logs = new ArrayList<>();
              json.forEach(log -> logs.add(LogQueryJson.read(log)));
              return logs;
            });
  }

  @Override
  public CompletableFuture<Optional<List<Receipt>>> receipts(BlockRef ref) {
    return found(RpcRequest.of("klay_getBlockReceipts", name(ref)))
        .thenCompose(
            json -> json.isPresent() ? all(json.orElseThrow()).thenApply(Optional::of) : none());
  }

  private CompletableFuture<List<Receipt>> all(JsonNode list) {
    List<CompletableFuture<Receipt>> read = new ArrayList<>();
    list.forEach(json -> read.add(readReceipt(json)));
    return CompletableFuture.allOf(read.toArray(CompletableFuture[]::new))
        .thenApply(done -> read.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<Receipt> readReceipt(JsonNode json) {
    ReceiptReader.Placed placed = ReceiptReader.read(json);
    return finality(placed)
        .thenApply(
            finality ->
                new Receipt(
                    placed.executed(),
                    placed.blockNumber(),
                    placed.blockHash(),
                    placed.index(),
                    finality));
  }

  /** The seals are in the header, which many receipts share. */
  private CompletableFuture<Finality> finality(ReceiptReader.Placed placed) {
    Optional<Header> known = headers.get(placed.blockHash());
    if (known.isPresent() || info.spec().sealRule() != SealRule.KLAY_QBFT) {
      return CompletableFuture.completedFuture(
          known.map(this::finality).orElseGet(() -> new Finality(Optional.empty())));
    }
    return header(BlockRef.hash(placed.blockHash()))
        .thenApply(
            header -> {
              headers.put(placed.blockHash(), header);
              return finality(header);
            });
  }

  @Override
  public CompletableFuture<FeeHistory> feeHistory(
      int count, BlockRef newest, List<Double> percentiles) {
    if (count < 0 || percentiles.size() > FeeHistory.PERCENTILES_MAX) {
      throw new IllegalArgumentException(
          "0 or more blocks and at most " + FeeHistory.PERCENTILES_MAX + " percentiles");
    }
    ArrayNode asked = CallJson.list();
    percentiles.forEach(asked::add);
    int blocks = Math.min(count, FeeHistory.BLOCKS_MAX);
    return node.call("chain_feeHistory", Quantity.of(blocks), name(newest), asked)
        .thenApply(
            json -> {
              List<Long> gasUsed = new ArrayList<>();
              json.path("gasUsed").forEach(gas -> gasUsed.add(Quantity.parseLong(gas)));
              List<List<Amount>> rewards = new ArrayList<>();
              json.path("rewards").forEach(each -> rewards.add(amounts(each)));
              return new FeeHistory(
                  Quantity.parseLong(json.path("oldest")),
                  amounts(json.path("baseFees")),
                  gasUsed,
                  rewards);
            });
  }

  private static List<Amount> amounts(JsonNode list) {
    List<Amount> amounts = new ArrayList<>();
    list.forEach(each -> amounts.add(amount(each)));
    return amounts;
  }

  @Override
  public CompletableFuture<PoolCounts> poolCounts() {
    return node.call("txpool_status")
        .thenApply(
            json ->
                new PoolCounts(
                    (int) Quantity.parseLong(json.path("pending")),
                    (int) Quantity.parseLong(json.path("queued"))));
  }

  @Override
  public CompletableFuture<Amount> gasPrice() {
    return node.call("klay_gasPrice").thenApply(RemoteChainService::amount);
  }

  @Override
  public CompletableFuture<CallResult> call(Call call, BlockRef ref, Overrides overrides) {
    return ask("chain_call", "klay_call", call, ref, overrides)
        .thenApply(
            answer ->
                answer.isOurs()
                    ? CallResultJson.read(answer.required())
                    : PlainCall.result(answer.answer()));
  }

  @Override
  public CompletableFuture<GasEstimate> estimateGas(Call call, BlockRef ref, Overrides overrides) {
    return ask("chain_estimateGas", "klay_estimateGas", call, ref, overrides)
        .thenApply(
            answer ->
                answer.isOurs()
                    ? CallResultJson.readEstimate(answer.required())
                    : PlainCall.estimate(answer.answer()));
  }

  @Override
  public CompletableFuture<CreatedAccessList> createAccessList(
      Call call, BlockRef ref, Overrides overrides) {
    return ask("chain_createAccessList", "klay_createAccessList", call, ref, overrides)
        .thenApply(
            answer ->
                answer.isOurs()
                    ? new CreatedAccessList(
                        TransactionReader.accessList(answer.required().path("accessList")),
                        CallResultJson.read(answer.required().path("result")))
                    : PlainCall.accessList(answer.answer()));
  }

  /**
   * What one of our nodes, or else any, answers about a call.
   *
   * @param isOurs whether the whole result is there
   */
  private record CallAnswer(RpcAnswer answer, boolean isOurs) {
    JsonNode required() {
      return answer.required();
    }
  }

  private CompletableFuture<CallAnswer> ask(
      String ours, String everybodys, Call call, BlockRef ref, Overrides overrides) {
    RpcRequest whole =
        RpcRequest.of(
            ours,
            CallJson.whole(call),
            name(ref),
            CallJson.accounts(overrides),
            CallJson.block(overrides.block()));
    return node.send(whole)
        .thenCompose(
            answer -> {
              if (!answer.failure().map(RpcAnswer.Failure::isMissingMethod).orElse(false)) {
                return CompletableFuture.completedFuture(new CallAnswer(refused(answer), true));
              }
              RpcRequest plain =
                  overrides.equals(Overrides.NONE)
                      ? RpcRequest.of(everybodys, CallJson.plain(call), name(ref))
                      : RpcRequest.of(
                          everybodys,
                          CallJson.plain(call),
                          name(ref),
                          CallJson.accounts(overrides));
              return node.send(plain).thenApply(a -> new CallAnswer(refused(a), false));
            });
  }

  private static RpcAnswer refused(RpcAnswer answer) {
    answer
        .failure()
        .flatMap(RpcAnswer.Failure::rejection)
        .ifPresent(
            rejection -> {
              throw new CallRefusedException(rejection);
            });
    return answer;
  }

  @Override
  public CompletableFuture<Amount> supply() {
    return node.call("chain_supply").thenApply(RemoteChainService::amount);
  }

  /** Zero where the node does not tell. */
  private CompletableFuture<Amount> supplyAfter(long block) {
    return node.send(RpcRequest.of("chain_supply", Quantity.of(block)))
        .thenApply(
            answer ->
                answer.failure().map(RpcAnswer.Failure::isMissingMethod).orElse(false)
                    ? Amount.ZERO
                    : amount(answer.required()));
  }

  @Override
  public CompletableFuture<Optional<TxView>> transaction(Hash hash) {
    return receiptJson(hash)
        .thenCompose(
            json ->
                json.isPresent()
                    ? readReceipt(json.orElseThrow())
                        .thenApply(r -> Optional.of(new TxView(r.transaction(), Optional.of(r))))
                    : waitingTransaction(hash));
  }

  private CompletableFuture<Optional<TxView>> waitingTransaction(Hash hash) {
    return node.call("klay_getTransactionByHash", hash.toHex())
        .thenCompose(
            json -> {
              if (!json.isObject()) {
                return none();
              }
              SignedTx tx = TransactionReader.read(json);
              boolean waits = Hash.ZERO.toHex().equals(json.path("blockHash").asText());
              return waits
                  ? CompletableFuture.completedFuture(Optional.of(new TxView(tx, Optional.empty())))
                  : transaction(tx.hash()); // a block came between the two questions
            });
  }

  @Override
  public CompletableFuture<Optional<Receipt>> receipt(Hash hash) {
    return receiptJson(hash)
        .thenCompose(
            json ->
                json.isPresent()
                    ? readReceipt(json.orElseThrow()).thenApply(Optional::of)
                    : none());
  }

  /** By the hash, or by that without the fee payer's signature. */
  private CompletableFuture<Optional<JsonNode>> receiptJson(Hash hash) {
    return node.call("klay_getTransactionReceipt", hash.toHex())
        .thenCompose(
            json -> {
              if (json.isObject()) {
                return CompletableFuture.completedFuture(Optional.of(json));
              }
              return node.call("klay_getTransactionReceiptBySenderTxHash", hash.toHex())
                  .thenApply(again -> again.isObject() ? Optional.of(again) : Optional.empty());
            });
  }

  @Override
  public CompletableFuture<List<Receipt>> history(
      Address account, Optional<TxLocation> before, int limit) {
    if (limit < 1 || limit > HISTORY_MAX) {
      throw new IllegalArgumentException("1 to " + HISTORY_MAX + " transactions, not " + limit);
    }
    return new HistoryPages(node, this::all).read(account, before, limit);
  }

  @Override
  public CompletableFuture<List<SignedTx>> waiting(Address sender) {
    return node.call("chain_waiting", sender.toHex())
        .thenApply(
            json -> {
              List<SignedTx> waiting = new ArrayList<>();
              json.forEach(raw -> waiting.add(SignedTx.decode(bytes(raw))));
              return waiting;
            });
  }

  /**
   * Hands the transaction over. If the connection breaks before there is an answer, the node is
   * asked whether it knows the transaction; only if not, it is sent once more.
   */
  @Override
  public CompletableFuture<Hash> submit(SignedTx transaction) {
    return submitOnce(transaction)
        .exceptionallyCompose(
            failure ->
                RemoteBlocks.isPassing(failure)
                    ? submitAgain(transaction)
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<Hash> submitOnce(SignedTx transaction) {
    return node.send(RpcRequest.once("klay_sendRawTransaction", transaction.encode().toHex()))
        .thenApply(
            answer -> {
              answer
                  .failure()
                  .flatMap(RpcAnswer.Failure::rejection)
                  .ifPresent(
                      rejection -> {
                        throw new TransactionRejectedException(transaction.hash(), rejection);
                      });
              return Hash.of(bytes(answer.required()).toArray());
            });
  }

  private CompletableFuture<Hash> submitAgain(SignedTx transaction) {
    return transaction(transaction.hash())
        .thenCompose(
            known ->
                known.isPresent()
                    ? CompletableFuture.completedFuture(transaction.hash())
                    : submitOnce(transaction)
                        .exceptionallyCompose(failure -> unlessKnown(transaction, failure)));
  }

  private static CompletableFuture<Hash> unlessKnown(SignedTx transaction, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    boolean known =
        cause instanceof TransactionRejectedException e
            && e.reason() == RejectionReason.ALREADY_KNOWN;
    return known
        ? CompletableFuture.completedFuture(transaction.hash())
        : CompletableFuture.failedFuture(failure);
  }

  @Override
  public CompletableFuture<Receipt> awaitFinal(Hash transaction) {
    return waiters.add(transaction);
  }

  @Override
  public Flow.Publisher<BlockView> blocks(long fromNumber) {
    return blocks.from(fromNumber);
  }

  private CompletableFuture<Optional<JsonNode>> found(RpcRequest request) {
    return node.send(request)
        .thenApply(
            answer -> {
              if (answer.failure().map(RpcAnswer.Failure::isUnknownBlock).orElse(false)) {
                return Optional.empty();
              }
              JsonNode json = answer.required();
              return json.isNull() ? Optional.empty() : Optional.of(json);
            });
  }

  private static String byNumberOrHash(String prefix, BlockRef ref) {
    return prefix + (ref instanceof BlockRef.ByHash ? "Hash" : "Number");
  }

  /** A block in JSON-RPC's words. The pending one is the last, but for nonces. */
  static String name(BlockRef ref) {
    if (ref instanceof BlockRef.Number number) {
      return Quantity.of(number.number());
    }
    return ref instanceof BlockRef.ByHash byHash ? byHash.hash().toHex() : "latest";
  }

  /** Ends subscriptions, fails whoever still waits, closes all connections. */
  @Override
  public void close() {
    blocks.close();
    waiters.close();
    node.close();
  }
}
