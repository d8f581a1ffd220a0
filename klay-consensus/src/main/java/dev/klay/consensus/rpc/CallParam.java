package dev.klay.consensus.rpc;

import dev.klay.core.call.AccountOverride;
import dev.klay.core.call.BlockOverride;
import dev.klay.core.call.Call;
import dev.klay.core.call.CallBuilder;
import dev.klay.core.call.Overrides;
import dev.klay.core.transaction.AccessList;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads call objects, and what is to be otherwise during a call. */
final class CallParam {
  private CallParam() {}

  /**
   * A call object: from, to, gas, gasPrice or maxFeePerGas and maxPriorityFeePerGas, value, data or
   * input, accessList, chainId. Other fields do not matter to a call.
   */
  static Call call(RpcValue object, long chainId) {
    object.asObject();
    ensureChain(object.field("chainId"), chainId);
    RpcValue to = object.field("to");
    CallBuilder call = to.isPresent() ? Call.to(to.asAddress()) : Call.creation();
    RpcValue from = object.field("from");
    if (from.isPresent()) {
      call.from(from.asAddress());
    }
    RpcValue gas = object.field("gas");
    if (gas.isPresent()) {
      call.gas(gas.asLong());
    }
    RpcValue value = object.field("value");
    if (value.isPresent()) {
      call.value(value.asAmount());
    }
    call.input(input(object));
    price(object, call);
    RpcValue list = object.field("accessList");
    if (list.isPresent()) {
      call.accessList(accessList(list));
    }
    return call.build();
  }

  static void ensureChain(RpcValue chainId, long due) {
    if (chainId.isPresent() && !chainId.asQuantity().equals(UInt256.of(due))) {
      throw chainId.wrong("this chain is " + due);
    }
  }

  /** What is called input, or by older tools data. */
  static Bytes input(RpcValue object) {
    RpcValue input = object.field("input");
    RpcValue data = object.field("data");
    if (input.isPresent() && data.isPresent() && !input.asBytes().equals(data.asBytes())) {
      throw object.wrong("both \"data\" and \"input\" are set and not equal; set input only");
    }
    return input.isPresent() ? input.asBytes() : data.isPresent() ? data.asBytes() : Bytes.EMPTY;
  }

  private static void price(RpcValue object, CallBuilder call) {
    RpcValue price = object.field("gasPrice");
    RpcValue max = object.field("maxFeePerGas");
    RpcValue tip = object.field("maxPriorityFeePerGas");
    if (price.isPresent() && (max.isPresent() || tip.isPresent())) {
      throw RpcException.refused(
          "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified");
    }
    if (price.isPresent()) {
      call.gasPrice(price.asAmount());
    } else if (max.isPresent()) {
      Amount most = max.asAmount();
      call.gasPrice(most);
      Amount offered = tip.isPresent() ? tip.asAmount() : Amount.ZERO;
      if (most.isLessThan(offered)) {
        throw RpcException.refused(
            "maxFeePerGas (" + most + ") < maxPriorityFeePerGas (" + offered + ")");
      }
      call.priorityPrice(offered);
    }
  }

  static AccessList accessList(RpcValue list) {
    List<AccessList.Entry> entries = new ArrayList<>();
    for (RpcValue entry : list.asList()) {
      RpcValue keys = entry.asObject().field("storageKeys");
      List<Hash> slots =
          keys.isPresent() ? keys.asList().stream().map(RpcValue::asHash).toList() : List.of();
      entries.add(new AccessList.Entry(entry.field("address").asAddress(), slots));
    }
    return new AccessList(entries);
  }

  /** State and block overrides; either may be missing. */
  static Overrides overrides(RpcValue accounts, RpcValue block) {
    Overrides overrides = Overrides.NONE;
    if (accounts.isPresent()) {
      for (Map.Entry<String, RpcValue> entry : accounts.asMembers().entrySet()) {
        Address address = accounts.named(entry.getKey()).asAddress();
        overrides = overrides.with(address, account(entry.getValue().asObject()));
      }
    }
    return block.isPresent() ? overrides.with(block(block.asObject())) : overrides;
  }

  private static AccountOverride account(RpcValue object) {
    AccountOverride account = AccountOverride.NONE;
    RpcValue moved = object.field("movePrecompileToAddress");
    if (moved.isPresent()) {
      throw moved.wrong("precompiled contracts cannot be moved here");
    }
    if (object.field("balance").isPresent()) {
      account = account.withBalance(object.field("balance").asAmount());
    }
    if (object.field("nonce").isPresent()) {
      account = account.withNonce(object.field("nonce").asLong());
    }
    if (object.field("code").isPresent()) {
      account = account.withCode(object.field("code").asBytes());
    }
    RpcValue state = object.field("state");
    RpcValue difference = object.field("stateDiff");
    if (state.isPresent() && difference.isPresent()) {
      throw object.wrong("has both state and stateDiff; set one of them");
    }
    if (state.isPresent()) {
      account = account.withStorage(slots(state));
    }
    return difference.isPresent() ? account.withStorageChanges(slots(difference)) : account;
  }

  private static Map<UInt256, UInt256> slots(RpcValue object) {
    Map<UInt256, UInt256> slots = new LinkedHashMap<>();
    object
        .asMembers()
        .forEach((slot, word) -> slots.put(object.named(slot).asWord(), word.asWord()));
    return slots;
  }

  private static BlockOverride block(RpcValue object) {
    BlockOverride block = BlockOverride.NONE;
    for (Map.Entry<String, RpcValue> entry : object.asMembers().entrySet()) {
      RpcValue value = entry.getValue();
      block =
          switch (entry.getKey()) {
            case "number" -> block.withNumber(value.asLong());
            case "time", "timestamp" -> block.withTimeSeconds(value.asLong());
            case "coinbase", "feeRecipient" -> block.withCoinbase(value.asAddress());
            case "baseFee", "baseFeePerGas" -> block.withBaseFee(value.asAmount());
            case "random", "prevRandao" -> block.withPrevRandao(value.asWord());
            case "gasLimit" -> block.withGasLimit(value.asLong());
            default ->
                throw value.wrong(
                    "no field of a block that can be overridden: number, time, coinbase, baseFee,"
                        + " random, gasLimit");
          };
    }
    return block;
  }
}
