package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.account.Account;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.Code;
import dev.klay.core.json.AccountJson;
import dev.klay.core.json.AccountKeyJson;
import dev.klay.core.json.Quantity;
import dev.klay.core.service.AccountProof;
import dev.klay.core.service.BlockRef;
import dev.klay.core.state.WorldState;
import dev.klay.core.trie.Proof;
import dev.klay.core.trie.Trie;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What accounts are after a block: the head where none is named. */
final class StateMethods implements RpcNamespace {
  /** Slots that one question may name. */
  private static final int SLOTS_MAX = 1_024;

  private final RpcChain chain;
  private final Dialect dialect;

  StateMethods(RpcChain chain, Dialect dialect) {
    this.chain = chain;
    this.dialect = dialect;
  }

  @Override
  public void addTo(RpcMethods table) {
    table.addBrief(
        dialect.name("getBalance"),
        params ->
            RpcChain.quantity(
                chain.state(block(params.atMost(2), 1)).balance(params.at(0).asAddress())));
    table.addBrief(dialect.name("getTransactionCount"), this::nonce);
    table.addBrief(
        dialect.name("getCode"),
        params -> {
          Address address = params.atMost(2).at(0).asAddress();
          return TextNode.valueOf(chain.state(block(params, 1)).code(address).bytes().toHex());
        });
    table.addBrief(dialect.name("getStorageAt"), this::storage);
    table.add(dialect.name("getProof"), this::proof);
    if (dialect == Dialect.KLAY) {
      addAccounts(table);
    } else {
      table.add("eth_getStorageValues", this::storageValues);
    }
  }

  private void addAccounts(RpcMethods table) {
    table.add(
        "klay_getAccount", params -> RpcChain.orNull(account(params).map(AccountJson::write)));
    table.add(
        "klay_getAccountKey",
        params -> RpcChain.orNull(account(params).map(Account::key).map(AccountKeyJson::write)));
    table.add("klay_accountCreated", params -> BooleanNode.valueOf(account(params).isPresent()));
    table.add(
        "klay_isContractAccount",
        params ->
            BooleanNode.valueOf(account(params).filter(a -> !a.code().isEmpty()).isPresent()));
    table.add("klay_encodeAccountKey", StateMethods::encodeKey);
    table.add("klay_decodeAccountKey", StateMethods::decodeKey);
  }

  private static BlockRef block(RpcParams params, int index) {
    return params.at(index).asBlockOrLatest();
  }

  private JsonNode nonce(RpcParams params) {
    Address address = params.atMost(2).at(0).asAddress();
    BlockRef ref = block(params, 1);
    return RpcChain.quantity(
        ref.equals(BlockRef.PENDING)
            ? chain.pool().nextNonce(address)
            : chain.state(ref).nonce(address));
  }

  private JsonNode storage(RpcParams params) {
    Address address = params.atMost(3).at(0).asAddress();
    UInt256 slot = params.at(1).asWord();
    return word(chain.state(block(params, 2)), address, slot);
  }

  private static JsonNode word(WorldState state, Address address, UInt256 slot) {
    return TextNode.valueOf(Hash.wrap(state.storage(address, slot).toBytes32()).toHex());
  }

  /** Words of several accounts, by account in the order of the slots that were named. */
  private JsonNode storageValues(RpcParams params) {
    RpcValue accounts = params.atMost(2).at(0);
    WorldState state = chain.state(block(params, 1));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    int count = 0;
    for (Map.Entry<String, RpcValue> entry : accounts.asMembers().entrySet()) {
      List<RpcValue> slots = entry.getValue().asList();
      count += slots.size();
      ensureFew(count);
      Address address = accounts.named(entry.getKey()).asAddress();
      ArrayNode words = json.putArray(address.toHex());
      slots.forEach(slot -> words.add(word(state, address, slot.asWord())));
    }
    if (count == 0) {
      throw RpcException.invalid("empty request: no slot is named");
    }
    return json;
  }

  private static void ensureFew(int slots) {
    if (slots > SLOTS_MAX) {
      throw new RpcException(
          RpcError.LIMIT, "at most " + SLOTS_MAX + " slots at once, not " + slots);
    }
  }

  private Optional<Account> account(RpcParams params) {
    Address address = params.atMost(2).at(0).asAddress();
    return chain.state(block(params, 1)).account(address);
  }

  private static JsonNode encodeKey(RpcParams params) {
    JsonNode key = params.atMost(1).at(0).asObject().json();
    try {
      return TextNode.valueOf(AccountKeyJson.read(key).encode().toHex());
    } catch (DecodingException e) {
      throw RpcException.invalid("invalid argument 0: " + e.getMessage());
    }
  }

  private static JsonNode decodeKey(RpcParams params) {
    try {
      return AccountKeyJson.write(AccountKey.decode(params.atMost(1).at(0).asBytes()));
    } catch (DecodingException e) {
      throw RpcException.invalid("invalid argument 0: " + e.getMessage());
    }
  }

  private JsonNode proof(RpcParams params) {
    Address address = params.atMost(3).at(0).asAddress();
    List<RpcValue> slots = params.at(1).asList();
    ensureFew(slots.size());
    BlockRef ref = block(params, 2);
    chain.state(ref);
    AccountProof proof =
        chain.reads().proof(address, slots.stream().map(RpcValue::asWord).toList(), ref);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("address", address.toHex());
    json.set("accountProof", nodes(proof.proof()));
    Optional<Account> account = proof.account();
    json.put("balance", Quantity.of(account.map(Account::balance).orElse(Amount.ZERO)));
    json.put("codeHash", account.map(Account::code).orElse(Code.EMPTY).hash().toHex());
    json.put("nonce", Quantity.of(account.map(Account::nonce).orElse(0L)));
    json.put(
        "storageHash", account.map(a -> a.storage().rootHash()).orElse(Trie.EMPTY_ROOT).toHex());
    ArrayNode shown = json.putArray("storageProof");
    for (int i = 0; i < slots.size(); i++) {
      AccountProof.SlotProof slot = proof.slots().get(i);
      ObjectNode each = shown.addObject();
      each.put("key", slots.get(i).asText()); // as it was asked for
      each.put("value", Quantity.of(slot.word()));
      each.set("proof", nodes(slot.proof()));
    }
    return json;
  }

  private static ArrayNode nodes(Proof proof) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    proof.nodes().forEach(node -> json.add(node.toHex()));
    return json;
  }
}
