package dev.klay.client.rpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.call.AccountOverride;
import dev.klay.core.call.BlockOverride;
import dev.klay.core.call.Call;
import dev.klay.core.call.Overrides;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.transaction.EthereumTypedTx;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.Map;

/** Calls and overrides as parameters of JSON-RPC. */
final class CallJson {
  private CallJson() {}

  /** What every node understands; a transaction of Klaytn's is a plain call then. */
  static ObjectNode plain(Call call) {
    Tx tx = call.transaction();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", call.from().toHex());
    tx.to().ifPresent(to -> json.put("to", to.toHex()));
    if (tx.gas() != 0) {
      json.put("gas", Quantity.of(tx.gas()));
    }
    if (!tx.gasPrice().isZero()) {
      boolean tips = !tx.priorityPrice().equals(tx.gasPrice());
      json.put(tips ? "maxFeePerGas" : "gasPrice", Quantity.of(tx.gasPrice()));
      if (tips) {
        json.put("maxPriorityFeePerGas", Quantity.of(tx.priorityPrice()));
      }
    }
    json.put("value", Quantity.of(tx.value()));
    json.put("input", tx.input().toHex());
    if (tx instanceof EthereumTypedTx typed && !typed.accessList().entries().isEmpty()) {
      json.set("accessList", TransactionJson.accessList(typed.accessList()));
    }
    return json;
  }

  /** What our nodes understand: a transaction of Klaytn's whole, without signatures. */
  static ObjectNode whole(Call call) {
    if (!(call.transaction() instanceof KlaytnTx klaytn)) {
      return plain(call);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("raw", PartialTx.of(klaytn).encode().toHex());
    call.feePayer().ifPresent(payer -> json.put("feePayer", payer.toHex()));
    return json;
  }

  /** State overrides by address. */
  static ObjectNode accounts(Overrides overrides) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<Address, AccountOverride> each : overrides.accounts().entrySet()) {
      ObjectNode account = json.putObject(each.getKey().toHex());
      AccountOverride override = each.getValue();
      override.balance().ifPresent(b -> account.put("balance", Quantity.of(b)));
      override.nonce().ifPresent(n -> account.put("nonce", Quantity.of(n)));
      override.code().ifPresent(c -> account.put("code", c.toHex()));
      override.storage().ifPresent(slots -> account.set("state", slots(slots)));
      if (!override.storageChanges().isEmpty()) {
        account.set("stateDiff", slots(override.storageChanges()));
      }
    }
    return json;
  }

  private static ObjectNode slots(Map<UInt256, UInt256> slots) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    slots.forEach((slot, word) -> json.put(word(slot), word(word)));
    return json;
  }

  static String word(UInt256 word) {
    return Hash.wrap(word.toBytes32()).toHex();
  }

  /** Overrides of the block. */
  static ObjectNode block(BlockOverride block) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    block.number().ifPresent(n -> json.put("number", Quantity.of(n)));
    block.timeSeconds().ifPresent(t -> json.put("time", Quantity.of(t)));
    block.coinbase().ifPresent(c -> json.put("coinbase", c.toHex()));
    block.baseFee().ifPresent(f -> json.put("baseFee", Quantity.of(f)));
    block.prevRandao().ifPresent(r -> json.put("random", word(r)));
    block.gasLimit().ifPresent(g -> json.put("gasLimit", Quantity.of(g)));
    return json;
  }

  static ArrayNode list() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
