package dev.klay.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.account.AccountKey;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccessListTx;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.Authorization;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.DeployTx;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.SetCodeTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.TxSignature;
import dev.klay.core.transaction.TxType;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads transactions as {@code klay_getTransactionByHash}, blocks and receipts show them. What
 * comes out hashes to the hash that stands there, so nothing was left out or made up on the way.
 */
public final class TransactionReader {
  private final Fields fields;
  private final TxType type;

  private TransactionReader(Fields fields) {
    this.fields = fields;
    int code = fields.node("typeInt").asInt(-1);
    this.type =
        TxType.ofCode(code)
            .orElseThrow(() -> new DecodingException("there is no transaction type " + code));
  }

  /**
   * Reads Klaytn's shape of a transaction or of its receipt.
   *
   * @throws DecodingException if a field is missing, or the hash is another's
   */
  public static SignedTx read(JsonNode json) {
    Fields fields = new Fields(json);
    SignedTx read;
    try {
      read = new TransactionReader(fields).read();
    } catch (IllegalArgumentException e) {
      throw new DecodingException("no transaction: " + e.getMessage(), e);
    }
    Hash hash = fields.hash(fields.has("hash") ? "hash" : "transactionHash");
    if (!read.hash().equals(hash)) {
      throw new DecodingException("the fields of " + hash + " make transaction " + read.hash());
    }
    return read;
  }

  private SignedTx read() {
    return SignedTx.of(
        transaction(),
        signatures("signatures"),
        type.isFeeDelegated() ? Optional.of(fields.address("feePayer")) : Optional.empty(),
        type.isFeeDelegated() ? signatures("feePayerSignatures") : List.of());
  }

  private List<TxSignature> signatures(String name) {
    List<TxSignature> signatures = new ArrayList<>();
    for (JsonNode each : fields.node(name)) {
      Fields parts = new Fields(each);
      signatures.add(new TxSignature(parts.number("V"), parts.quantity("R"), parts.quantity("S")));
    }
    return signatures;
  }

  private Tx transaction() {
    if (type.isEthereum()) {
      return ethereum();
    }
    TxHead head = head();
    FeeDelegation fee = fee();
    Address from = fields.address("from");
    return switch (kind()) {
      case VALUE_TRANSFER ->
          new ValueTransferTx(head, fee, from, fields.address("to"), fields.amount("value"));
      case MEMO ->
          new MemoTx(
              head, fee, from, fields.address("to"), fields.amount("value"), fields.bytes("input"));
      case ACCOUNT_UPDATE ->
          new AccountUpdateTx(head, fee, from, AccountKey.decode(fields.bytes("key")));
      case DEPLOY ->
          new DeployTx(
              head,
              fee,
              from,
              fields.optionalAddress("to"),
              fields.amount("value"),
              fields.bytes("input"),
              fields.node("humanReadable").asBoolean(),
              fields.small("codeFormat", 0xff));
      case EXECUTION ->
          new ExecutionTx(
              head, fee, from, fields.address("to"), fields.amount("value"), fields.bytes("input"));
      case CANCEL -> new CancelTx(head, fee, from);
      case ANCHORING -> new AnchoringTx(head, fee, from, fields.bytes("input"));
      default -> throw new DecodingException("there is no kind " + type);
    };
  }

  /** The type without the two bits that say who pays. */
  private TxType kind() {
    return TxType.ofCode(type.code() & ~3).orElseThrow();
  }

  private TxHead head() {
    return new TxHead(fields.number("nonce"), fields.amount("gasPrice"), fields.number("gas"));
  }

  private FeeDelegation fee() {
    if (type.hasFeeRatio()) {
      return new FeeDelegation(fields.small("feeRatio", 0xff), true);
    }
    return type.isFeeDelegated() ? FeeDelegation.FULL : FeeDelegation.NONE;
  }

  private Tx ethereum() {
    Optional<Address> to = fields.optionalAddress("to");
    Bytes input = fields.bytes("input");
    return switch (type) {
      case LEGACY -> new LegacyTx(head(), to, fields.amount("value"), input);
      case ACCESS_LIST ->
          new AccessListTx(
              fields.number("chainId"), head(), to, fields.amount("value"), input, accessList());
      case DYNAMIC_FEE ->
          new DynamicFeeTx(
              fields.number("chainId"),
              fields.number("nonce"),
              fields.amount("maxPriorityFeePerGas"),
              fields.amount("maxFeePerGas"),
              fields.number("gas"),
              to,
              fields.amount("value"),
              input,
              accessList());
      default ->
          new SetCodeTx(
              fields.number("chainId"),
              fields.number("nonce"),
              fields.amount("maxPriorityFeePerGas"),
              fields.amount("maxFeePerGas"),
              fields.number("gas"),
              fields.address("to"),
              fields.amount("value"),
              input,
              accessList(),
              authorizations());
    };
  }

  private AccessList accessList() {
    return accessList(fields.node("accessList"));
  }

  /** Reads a list of addresses and their storage keys. */
  public static AccessList accessList(JsonNode json) {
    List<AccessList.Entry> entries = new ArrayList<>();
    for (JsonNode each : json) {
      List<Hash> keys = new ArrayList<>();
      each.path("storageKeys").forEach(key -> keys.add(Hash.fromHex(key.asText())));
      entries.add(new AccessList.Entry(new Fields(each).address("address"), keys));
    }
    return new AccessList(entries);
  }

  private List<Authorization> authorizations() {
    List<Authorization> all = new ArrayList<>();
    for (JsonNode each : fields.node("authorizationList")) {
      Fields parts = new Fields(each);
      all.add(
          new Authorization(
              parts.quantity("chainId"),
              parts.address("address"),
              parts.number("nonce"),
              parts.small("yParity", 0xff),
              parts.quantity("r"),
              parts.quantity("s")));
    }
    return all;
  }
}
