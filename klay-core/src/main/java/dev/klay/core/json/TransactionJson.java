package dev.klay.core.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.Authorization;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.DeployTx;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.EthereumTypedTx;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.SetCodeTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxSignature;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;

/** Transactions as {@code klay_getTransactionByHash} and {@code eth_getTransactionByHash} show. */
public final class TransactionJson {
  private TransactionJson() {}

  /**
   * Klaytn's shape of a transaction that was looked up in its block: as {@link #klay}, but a type
   * with a priority price shows as its price what was charged, not what it offered at most.
   */
  public static ObjectNode klayInBlock(SignedTx signed, TxPosition position) {
    ObjectNode json = klay(signed, Optional.of(position));
    json.put("gasPrice", Quantity.of(shownPrice(signed.tx(), Optional.of(position))));
    return json;
  }

  /**
   * Klaytn's shape of a transaction that was looked up by its hash; one that waits for a block
   * shows zeros for its place.
   */
  public static ObjectNode klay(SignedTx signed, Optional<TxPosition> position) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("blockHash", position.map(TxPosition::blockHash).orElse(Hash.ZERO).toHex());
    json.put("blockNumber", Quantity.of(position.map(TxPosition::blockNumber).orElse(0L)));
    json.put("transactionIndex", Quantity.of(position.map(TxPosition::index).orElse(0)));
    json.put("hash", signed.hash().toHex());
    fields(json, signed);
    return json;
  }

  /**
   * Klaytn's shape of a transaction that parties still sign: without its hashes and place, which
   * nobody knows yet. One with all signatures shows as {@link #klay} does.
   */
  public static ObjectNode klay(PartialTx partial) {
    if (partial.isComplete()) {
      return klay(partial.complete(), Optional.empty());
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    head(json, partial.tx(), partial.tx().from());
    json.set("signatures", signatures(partial.signatures()));
    ofPayer(json, partial.tx(), partial.feePayer(), partial.feePayerSignatures());
    ofKind(json, partial.tx());
    return json;
  }

  /** What a transaction and its receipt show in common. */
  static void fields(ObjectNode json, SignedTx signed) {
    head(json, signed.tx(), signed.sender());
    json.put("senderTxHash", signed.senderTxHash().toHex());
    json.set("signatures", signatures(signed.signatures()));
    ofPayer(json, signed.tx(), signed.feePayer(), signed.feePayerSignatures());
    ofKind(json, signed.tx());
  }

  private static void head(ObjectNode json, Tx tx, Address from) {
    json.put("from", from.toHex());
    json.put("type", tx.type().label());
    json.put("typeInt", tx.type().code());
    json.put("nonce", Quantity.of(tx.nonce()));
    json.put("gasPrice", Quantity.of(tx.gasPrice()));
    json.put("gas", Quantity.of(tx.gas()));
  }

  private static void ofPayer(
      ObjectNode json, Tx tx, Optional<Address> feePayer, List<TxSignature> payerSignatures) {
    feePayer.ifPresent(
        payer -> {
          json.put("feePayer", payer.toHex());
          json.set("feePayerSignatures", signatures(payerSignatures));
        });
    if (tx instanceof KlaytnTx klaytn && tx.type().hasFeeRatio()) {
      json.put("feeRatio", Quantity.of(klaytn.feeDelegation().ratioPercent()));
    }
  }

  private static void ofKind(ObjectNode json, Tx tx) {
    boolean transfers = !(tx instanceof AccountUpdateTx || tx instanceof CancelTx);
    if (transfers && !(tx instanceof AnchoringTx)) {
      json.put("to", tx.to().map(Address::toHex).orElse(null));
      json.put("value", Quantity.of(tx.value()));
    }
    if (transfers && !(tx instanceof ValueTransferTx)) {
      json.put("input", tx.input().toHex());
    }
    if (tx instanceof AccountUpdateTx update) {
      json.put("key", update.key().encode().toHex());
    } else if (tx instanceof DeployTx deploy) {
      json.put("humanReadable", deploy.humanReadable());
      json.put("codeFormat", Quantity.of(deploy.codeFormat()));
    } else if (tx instanceof AnchoringTx anchoring) {
      json.set("inputJSON", AnchoredDataJson.write(anchoring.input()));
    } else if (tx instanceof EthereumTypedTx typed) {
      ofEthereum(json, typed);
    }
  }

  private static void ofEthereum(ObjectNode json, EthereumTypedTx typed) {
    json.put("chainId", Quantity.of(typed.chainId()));
    json.set("accessList", accessList(typed.accessList()));
    if (typed instanceof DynamicFeeTx || typed instanceof SetCodeTx) {
      json.put("maxFeePerGas", Quantity.of(typed.gasPrice()));
      json.put("maxPriorityFeePerGas", Quantity.of(typed.priorityPrice()));
    }
    if (typed instanceof SetCodeTx setCode) {
      json.set("authorizationList", authorizations(setCode.authorizations()));
    }
  }

  private static ArrayNode signatures(List<TxSignature> signatures) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (TxSignature signature : signatures) {
      ObjectNode each = json.addObject();
      each.put("V", Quantity.of(signature.v()));
      each.put("R", Quantity.of(signature.r()));
      each.put("S", Quantity.of(signature.s()));
    }
    return json;
  }

  /** An access list (EIP-2930). */
  public static ArrayNode accessList(AccessList list) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (AccessList.Entry entry : list.entries()) {
      ObjectNode each = json.addObject();
      each.put("address", entry.address().toHex());
      ArrayNode keys = each.putArray("storageKeys");
      entry.storageKeys().forEach(key -> keys.add(key.toHex()));
    }
    return json;
  }

  private static ArrayNode authorizations(List<Authorization> list) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Authorization authorization : list) {
      ObjectNode each = json.addObject();
      each.put("chainId", Quantity.of(authorization.chainId()));
      each.put("address", authorization.address().toHex());
      each.put("nonce", Quantity.of(authorization.nonce()));
      each.put("yParity", Quantity.of(authorization.yParity()));
      each.put("r", Quantity.of(authorization.r()));
      each.put("s", Quantity.of(authorization.s()));
    }
    return json;
  }

  /**
   * Ethereum's shape. Klaytn's own types look like type 0 with their first signature; where they
   * have no recipient their sender stands for it. The hash does not belong to the shown fields
   * then.
   */
  public static ObjectNode eth(SignedTx signed, Optional<TxPosition> position) {
    Tx tx = signed.tx();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("blockHash", position.map(p -> p.blockHash().toHex()).orElse(null));
    json.put("blockNumber", position.map(p -> Quantity.of(p.blockNumber())).orElse(null));
    json.put("transactionIndex", position.map(p -> Quantity.of(p.index())).orElse(null));
    position.ifPresent(p -> json.put("blockTimestamp", Quantity.of(p.blockTime())));
    json.put("hash", signed.hash().toHex());
    json.put("from", signed.sender().toHex());
    json.put("to", ethRecipient(signed).map(Address::toHex).orElse(null));
    json.put("nonce", Quantity.of(tx.nonce()));
    json.put("gas", Quantity.of(tx.gas()));
    json.put("gasPrice", Quantity.of(shownPrice(tx, position)));
    json.put("value", Quantity.of(tx.value()));
    json.put("input", tx.input().toHex());
    json.put("type", ethType(tx));
    if (tx instanceof EthereumTypedTx typed) {
      ofEthereum(json, typed);
    }
    TxSignature signature = signed.signatures().get(0);
    json.put("v", Quantity.of(signature.v()));
    if (tx instanceof EthereumTypedTx) {
      json.put("yParity", Quantity.of(signature.v()));
    }
    json.put("r", Quantity.of(signature.r()));
    json.put("s", Quantity.of(signature.s()));
    return json;
  }

  /** Types with a priority price show in a block what was charged, the others what they offered. */
  private static Amount shownPrice(Tx tx, Optional<TxPosition> position) {
    boolean dynamic = tx instanceof DynamicFeeTx || tx instanceof SetCodeTx;
    return dynamic ? position.map(TxPosition::gasPrice).orElse(tx.gasPrice()) : tx.gasPrice();
  }

  /** Ethereum's number of the type; Klaytn's own are shown as 0. */
  static String ethType(Tx tx) {
    return tx instanceof EthereumTypedTx typed ? Quantity.of(typed.ethereumType()) : "0x0";
  }

  static Optional<Address> ethRecipient(SignedTx signed) {
    Tx tx = signed.tx();
    boolean none =
        tx instanceof AccountUpdateTx || tx instanceof CancelTx || tx instanceof AnchoringTx;
    return none ? Optional.of(signed.sender()) : tx.to();
  }
}
