package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxSignature;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Signs as the fee payer of others' transactions, with accounts that the node signs for. The sender
 * may have signed before, and then has decided on nonce, gas and price; or signs later.
 */
final class FeePayerMethods implements RpcNamespace {
  private final RpcChain chain;
  private final UnlockedAccounts accounts;
  private final Submission submission;
  private final TransactionParam transactions;

  FeePayerMethods(RpcChain chain, UnlockedAccounts accounts, Submission submission) {
    this.chain = chain;
    this.accounts = accounts;
    this.submission = submission;
    this.transactions = new TransactionParam(chain);
  }

  @Override
  public void addTo(RpcMethods table) {
    table.add("klay_signTransactionAsFeePayer", this::sign);
    table.addAsync("klay_sendTransactionAsFeePayer", this::send);
  }

  private JsonNode sign(RpcParams params) {
    RpcValue object = params.atMost(1).at(0).asObject();
    return json(signed(object));
  }

  /** A transaction that may lack the sender's signatures, as parties exchange it. */
  static ObjectNode json(PartialTx partial) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("raw", partial.encode().toHex());
    json.set("tx", TransactionJson.klay(partial));
    return json;
  }

  private CompletableFuture<JsonNode> send(RpcParams params) {
    RpcValue object = params.atMost(1).at(0).asObject();
    if (TransactionParam.signatures(object).isEmpty()) {
      throw object
          .field("signatures")
          .wrong("the sender's signatures are missing; the sender signs first");
    }
    return submission
        .submit(signed(object).complete())
        .thenApply(hash -> TextNode.valueOf(hash.toHex()));
  }

  private PartialTx signed(RpcValue object) {
    List<TxSignature> signatures = TransactionParam.signatures(object);
    if (!signatures.isEmpty()) {
      ensureDecided(object);
    }
    Address from = object.field("from").asAddress();
    Address payer = object.field("feePayer").asAddress();
    Tx tx = transactions.read(object, from);
    if (!(tx instanceof KlaytnTx klaytn) || !tx.type().isFeeDelegated()) {
      throw object.field("typeInt").wrong("no type with a fee payer");
    }
    PartialTx paid =
        PartialTx.of(klaytn)
            .signAsFeePayer(chain.spec().chainId(), payer, List.of(accounts.required(payer)));
    return signatures.isEmpty()
        ? paid
        : paid.combine(
            PartialTx.of(
                SignedTx.of(klaytn, signatures, Optional.of(payer), paid.feePayerSignatures())));
  }

  /** What was signed cannot be filled in afterwards. */
  private static void ensureDecided(RpcValue object) {
    for (String name : List.of("nonce", "gas", "gasPrice")) {
      if (!object.field(name).isPresent()) {
        throw object.field(name).wrong("is missing; it must be what the sender signed");
      }
    }
  }
}
