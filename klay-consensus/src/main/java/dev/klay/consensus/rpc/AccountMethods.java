package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxSignature;
import dev.klay.core.transaction.TxType;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PersonalMessage;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Accounts that the node signs for: none unless its owner unlocked some. */
final class AccountMethods implements RpcNamespace {
  private static final TxSignature NO_SIGNATURE = new TxSignature(0, UInt256.ZERO, UInt256.ZERO);

  private final RpcChain chain;
  private final Dialect dialect;
  private final UnlockedAccounts accounts;
  private final Predicate<Address> impersonated;
  private final Submission submission;

  /** One transaction of an account is numbered, signed and handed over after the other. */
  private final Object numbering;

  private final TransactionParam transactions;

  AccountMethods(
      RpcChain chain,
      Dialect dialect,
      UnlockedAccounts accounts,
      Predicate<Address> impersonated,
      Submission submission,
      Object numbering) {
    this.chain = chain;
    this.dialect = dialect;
    this.accounts = accounts;
    this.impersonated = impersonated;
    this.submission = submission;
    this.numbering = numbering;
    this.transactions = new TransactionParam(chain);
  }

  @Override
  public void addTo(RpcMethods table) {
    table.addBrief(dialect.name("accounts"), params -> Council.json(accounts.addresses()));
    table.add(dialect.name("pendingTransactions"), params -> pending());
    table.add(dialect.name("sign"), params -> sign(params.atMost(2).at(0), params.at(1)));
    table.add(dialect.name("signTransaction"), this::signTransaction);
    table.addAsync(dialect.name("sendTransaction"), this::send);
    table.addAsync(dialect.name("resend"), this::resend);
    if (dialect == Dialect.ETH) {
      table.add("personal_sign", params -> sign(params.atMost(3).at(1), params.at(0)));
      table.alias("personal_listAccounts", "eth_accounts");
      table.add("eth_signTypedData_v4", this::signTypedData);
      table.alias("eth_signTypedData", "eth_signTypedData_v4");
      table.add("eth_fillTransaction", this::fill);
    }
  }

  /** What waits of the accounts that the node signs for. */
  private JsonNode pending() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Address account : accounts.addresses()) {
      chain.pool().ofSender(account).forEach(tx -> json.add(waiting(tx)));
    }
    return json;
  }

  private ObjectNode waiting(SignedTx tx) {
    return dialect == Dialect.ETH
        ? TransactionJson.eth(tx, Optional.empty())
        : TransactionJson.klay(tx, Optional.empty());
  }

  private JsonNode sign(RpcValue account, RpcValue message) {
    PrivateKey key = accounts.required(account.asAddress());
    Bytes text = message.asBytes();
    PersonalMessage prefix =
        dialect == Dialect.ETH ? PersonalMessage.ETHEREUM : PersonalMessage.KLAYTN;
    return signature(key, prefix.digest(text));
  }

  private static JsonNode signature(PrivateKey key, Hash digest) {
    byte[] signature = key.sign(digest).encode().toArray();
    signature[signature.length - 1] += 27; // as wallets show it
    return TextNode.valueOf(Bytes.wrap(signature).toHex());
  }

  private JsonNode signTypedData(RpcParams params) {
    PrivateKey key = accounts.required(params.atMost(2).at(0).asAddress());
    return signature(key, TypedData.read(params.at(1)).digest());
  }

  /** A transaction for somebody else to sign, with what was left open. */
  private JsonNode fill(RpcParams params) {
    RpcValue object = params.atMost(1).at(0).asObject();
    Address from = object.field("from").asAddress();
    Tx tx = transactions.read(object, from);
    if (!tx.type().isEthereum()) {
      throw object.field("typeInt").wrong("no type of Ethereum's; see klay_signTransaction");
    }
    SignedTx unsigned = SignedTx.of(tx, List.of(NO_SIGNATURE), Optional.empty(), List.of());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("raw", unsigned.ethereumEncoding().toHex());
    ObjectNode shown = json.putObject("tx");
    shown.setAll(unsigned(SignedTx.impersonated(tx, from, chain.spec().chainId())));
    shown.put("hash", unsigned.hash().toHex());
    return json;
  }

  /** A transaction of Ethereum's shape without what stands for a signature. */
  static ObjectNode unsigned(SignedTx nobodys) {
    ObjectNode json = TransactionJson.eth(nobodys, Optional.empty());
    for (String name : List.of("v", "r", "s")) {
      json.put(name, "0x0");
    }
    return json;
  }

  private JsonNode signTransaction(RpcParams params) {
    RpcValue object = params.atMost(1).at(0).asObject();
    Address from = object.field("from").asAddress();
    Tx tx = transactions.read(object, from);
    if (tx instanceof KlaytnTx klaytn && tx.type().isFeeDelegated()) {
      return FeePayerMethods.json(
          PartialTx.of(klaytn).sign(chain.spec().chainId(), List.of(accounts.required(from))));
    }
    SignedTx signed = sign(tx, from);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("raw", raw(signed).toHex());
    json.set("tx", waiting(signed));
    return json;
  }

  private Bytes raw(SignedTx signed) {
    return dialect == Dialect.ETH ? signed.ethereumEncoding() : signed.encode();
  }

  private CompletableFuture<JsonNode> send(RpcParams params) {
    RpcValue object = params.atMost(1).at(0).asObject();
    Address from = object.field("from").asAddress();
    synchronized (numbering) {
      return submit(sign(transactions.read(object, from), from));
    }
  }

  private CompletableFuture<JsonNode> submit(SignedTx signed) {
    return submission.submit(signed).thenApply(hash -> TextNode.valueOf(hash.toHex()));
  }

  private SignedTx sign(Tx tx, Address from) {
    if (tx.type().isFeeDelegated()) {
      throw RpcException.invalid(
          "a fee payer signs, too: klay_signTransaction, then klay_sendTransactionAsFeePayer");
    }
    long chainId = chain.spec().chainId();
    return impersonated.test(from)
        ? SignedTx.impersonated(tx, from, chainId)
        : SignedTx.sign(tx, chainId, accounts.required(from));
  }

  /** Sends what waits once more, with another price or limit; the pool decides whether it may. */
  private CompletableFuture<JsonNode> resend(RpcParams params) {
    RpcValue object = params.atMost(3).at(0).asObject();
    Address from = object.field("from").asAddress();
    long nonce = object.field("nonce").asLong();
    Tx asked = transactions.read(object, from);
    Optional<SignedTx> found =
        chain.pool().ofSender(from).stream()
            .filter(tx -> tx.tx().nonce() == nonce && tx.tx().equals(asked))
            .findFirst();
    if (found.isEmpty()) {
      throw RpcException.refused(
          "transaction not found: none of " + from + " waits that has these fields");
    }
    ObjectNode changed = object.json().deepCopy();
    if (params.has(1) && !params.at(1).asAmount().isZero()) {
      changed.remove("maxFeePerGas");
      String price = asked.type() == TxType.DYNAMIC_FEE ? "maxFeePerGas" : "gasPrice";
      changed.set(price, params.at(1).json());
    }
    if (params.has(2) && params.at(2).asLong() != 0) {
      changed.set("gas", params.at(2).json());
    }
    return submit(sign(transactions.read(new RpcValue(0, "", changed), from), from));
  }
}
