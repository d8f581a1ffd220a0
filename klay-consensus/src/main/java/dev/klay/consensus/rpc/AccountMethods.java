package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.call.Overrides;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.service.BlockRef;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccessListTx;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PersonalMessage;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Accounts that the node signs for: none unless its owner unlocked some. */
final class AccountMethods implements RpcNamespace {
  private final RpcChain chain;
  private final Dialect dialect;
  private final UnlockedAccounts accounts;
  private final Predicate<Address> impersonated;
  private final Submission submission;

  /** One transaction of an account is numbered, signed and handed over after the other. */
  private final Object numbering;

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
  }

  @Override
  public void addTo(RpcMethods table) {
    table.addBrief(dialect.name("accounts"), params -> Council.json(accounts.addresses()));
    table.add(dialect.name("pendingTransactions"), params -> pending());
    table.add(dialect.name("sign"), params -> sign(params.atMost(2).at(0), params.at(1)));
    table.add(dialect.name("signTransaction"), this::signTransaction);
    table.addAsync(dialect.name("sendTransaction"), this::send);
    if (dialect == Dialect.ETH) {
      table.add("personal_sign", params -> sign(params.atMost(3).at(1), params.at(0)));
      table.alias("personal_listAccounts", "eth_accounts");
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

  private PrivateKey key(Address account) {
    return accounts
        .key(account)
        .orElseThrow(
            () ->
                RpcException.refused(
                    "unknown account " + account + ": this node has no key of it; sign yourself"));
  }

  private JsonNode sign(RpcValue account, RpcValue message) {
    PrivateKey key = key(account.asAddress());
    Bytes text = message.asBytes();
    PersonalMessage prefix =
        dialect == Dialect.ETH ? PersonalMessage.ETHEREUM : PersonalMessage.KLAYTN;
    byte[] signature = key.sign(prefix.digest(text)).encode().toArray();
    signature[signature.length - 1] += 27; // as wallets show it
    return TextNode.valueOf(Bytes.wrap(signature).toHex());
  }

  private CompletableFuture<JsonNode> send(RpcParams params) {
    RpcValue object = params.atMost(1).at(0).asObject();
    synchronized (numbering) {
      return submission.submit(signed(object)).thenApply(hash -> TextNode.valueOf(hash.toHex()));
    }
  }

  private JsonNode signTransaction(RpcParams params) {
    SignedTx signed = signed(params.atMost(1).at(0).asObject());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("raw", raw(signed).toHex());
    json.set("tx", waiting(signed));
    return json;
  }

  private Bytes raw(SignedTx signed) {
    return dialect == Dialect.ETH ? signed.ethereumEncoding() : signed.encode();
  }

  private SignedTx signed(RpcValue object) {
    Address from = object.field("from").asAddress();
    if (impersonated.test(from)) {
      return SignedTx.impersonated(fill(object, from), from, chain.spec().chainId());
    }
    PrivateKey key = key(from);
    return SignedTx.sign(fill(object, key.address()), chain.spec().chainId(), key);
  }

  /** The transaction with what was left open: nonce, gas, price. */
  private Tx fill(RpcValue object, Address from) {
    RpcValue nonce = object.field("nonce");
    RpcValue gas = object.field("gas");
    RpcValue value = object.field("value");
    RpcValue to = object.field("to");
    RpcValue list = object.field("accessList");
    Optional<Address> recipient = to.isPresent() ? Optional.of(to.asAddress()) : Optional.empty();
    Amount amount = value.isPresent() ? value.asAmount() : Amount.ZERO;
    Bytes input = CallParam.input(object);
    AccessList accessList = list.isPresent() ? CallParam.accessList(list) : AccessList.EMPTY;
    long number = nonce.isPresent() ? nonce.asLong() : chain.pool().nextNonce(from);
    long limit = gas.isPresent() ? gas.asLong() : estimate(object);
    if (object.field("maxFeePerGas").isPresent()) {
      Amount most = object.field("maxFeePerGas").asAmount();
      RpcValue tip = object.field("maxPriorityFeePerGas");
      Amount priority = tip.isPresent() ? tip.asAmount() : Amount.ZERO;
      return new DynamicFeeTx(
          chain.spec().chainId(),
          number,
          priority,
          most,
          limit,
          recipient,
          amount,
          input,
          accessList);
    }
    RpcValue price = object.field("gasPrice");
    TxHead head = new TxHead(number, price.isPresent() ? price.asAmount() : gasPrice(), limit);
    return list.isPresent()
        ? new AccessListTx(chain.spec().chainId(), head, recipient, amount, input, accessList)
        : new LegacyTx(head, recipient, amount, input);
  }

  private Amount gasPrice() {
    return chain.service().gasPrice().join(); // answered at once in this process
  }

  private long estimate(RpcValue object) {
    GasEstimate estimate =
        chain
            .reads()
            .simulation(BlockRef.LATEST, Overrides.NONE, chain.limits().callGasMax())
            .estimateGas(CallParam.call(object, chain.spec().chainId()));
    if (estimate instanceof GasEstimate.Failing failing) {
      throw CallFailure.ofEstimate(failing);
    }
    return ((GasEstimate.Sufficient) estimate).gas();
  }
}
