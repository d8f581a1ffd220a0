package dev.klay.consensus.rpc;

import dev.klay.core.account.AccountKey;
import dev.klay.core.call.Call;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.call.Overrides;
import dev.klay.core.service.BlockRef;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccessListTx;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.DeployTx;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.TxSignature;
import dev.klay.core.transaction.TxType;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads transactions that a node is to sign, and fills in what was left open: nonce, gas, price.
 * {@code typeInt} names a kind of Klaytn's; without it, the fields decide between Ethereum's.
 */
final class TransactionParam {
  /** The two low bits of a type say who pays the fee. */
  private static final int KIND = ~3;

  private static final int CODE_FORMAT_MAX = 0xff;

  private final RpcChain chain;

  TransactionParam(RpcChain chain) {
    this.chain = chain;
  }

  /** The transaction of this sender, ready to be signed. */
  Tx read(RpcValue object, Address from) {
    long nonce = object.field("nonce").isPresent() ? 0 : chain.pool().nextNonce(from);
    long gas = 0;
    if (!object.field("gas").isPresent()) {
      Tx open = read(object, from, new TxHead(nonce, Amount.ZERO, 0));
      gas = estimate(new Call(open, from, payer(open.type(), object)));
    }
    return read(object, from, new TxHead(nonce, gasPrice(), gas));
  }

  /** The transaction of this sender, with these fields where the object leaves them open. */
  Tx read(RpcValue object, Address from, TxHead open) {
    CallParam.ensureChain(object.field("chainId"), chain.spec().chainId());
    RpcValue nonce = object.field("nonce");
    RpcValue gas = object.field("gas");
    TxHead head =
        new TxHead(
            nonce.isPresent() ? nonce.asLong() : open.nonce(),
            price(object).orElse(open.gasPrice()),
            gas.isPresent() ? gas.asLong() : open.gas());
    TxType type = type(object);
    return type.isEthereum() ? ofEthereum(type, object, head) : ofKlaytn(type, object, from, head);
  }

  /** The sender's signatures that stand in the object; empty if there are none. */
  static List<TxSignature> signatures(RpcValue object) {
    RpcValue list = object.field("signatures");
    return list.isPresent()
        ? list.asList().stream().map(TransactionParam::signature).toList()
        : List.of();
  }

  private static TxSignature signature(RpcValue each) {
    RpcValue parts = each.asObject();
    return new TxSignature(
        part(parts, "V").asLong(), part(parts, "R").asQuantity(), part(parts, "S").asQuantity());
  }

  /** Klaytn writes V, R, S, and caver-java v, r, s. */
  private static RpcValue part(RpcValue signature, String name) {
    RpcValue small = signature.field(name.toLowerCase(Locale.ROOT));
    return small.isPresent() ? small : signature.field(name);
  }

  private static Optional<Amount> price(RpcValue object) {
    for (String name : List.of("maxFeePerGas", "gasPrice")) {
      if (object.field(name).isPresent()) {
        return Optional.of(object.field(name).asAmount());
      }
    }
    return Optional.empty();
  }

  private static TxType type(RpcValue object) {
    RpcValue number = object.field("typeInt");
    if (!number.isPresent()) {
      return object.field("maxFeePerGas").isPresent()
          ? TxType.DYNAMIC_FEE
          : object.field("accessList").isPresent() ? TxType.ACCESS_LIST : TxType.LEGACY;
    }
    return TxType.ofCode(number.asCount())
        .filter(type -> type != TxType.SET_CODE)
        .orElseThrow(() -> number.wrong("no type of transaction that a node signs"));
  }

  private static Optional<Address> payer(TxType type, RpcValue object) {
    RpcValue payer = object.field("feePayer");
    return type.isFeeDelegated() && payer.isPresent()
        ? Optional.of(payer.asAddress())
        : Optional.empty();
  }

  private Tx ofEthereum(TxType type, RpcValue object, TxHead head) {
    RpcValue to = object.field("to");
    RpcValue list = object.field("accessList");
    RpcValue tip = object.field("maxPriorityFeePerGas");
    Optional<Address> recipient = to.isPresent() ? Optional.of(to.asAddress()) : Optional.empty();
    AccessList accessList = list.isPresent() ? CallParam.accessList(list) : AccessList.EMPTY;
    Amount value = value(object);
    Bytes input = CallParam.input(object);
    long chainId = chain.spec().chainId();
    return switch (type) {
      case DYNAMIC_FEE ->
          new DynamicFeeTx(
              chainId,
              head.nonce(),
              tip.isPresent() ? tip.asAmount() : Amount.ZERO,
              head.gasPrice(),
              head.gas(),
              recipient,
              value,
              input,
              accessList);
      case ACCESS_LIST -> new AccessListTx(chainId, head, recipient, value, input, accessList);
      default -> new LegacyTx(head, recipient, value, input);
    };
  }

  private static Tx ofKlaytn(TxType type, RpcValue object, Address from, TxHead head) {
    FeeDelegation fee = fee(type, object.field("feeRatio"));
    RpcValue to = object.field("to");
    Bytes input = CallParam.input(object);
    return switch (TxType.ofCode(type.code() & KIND).orElseThrow()) {
      case VALUE_TRANSFER -> new ValueTransferTx(head, fee, from, to.asAddress(), value(object));
      case MEMO -> new MemoTx(head, fee, from, to.asAddress(), value(object), input);
      case ACCOUNT_UPDATE -> new AccountUpdateTx(head, fee, from, key(object.field("key")));
      case DEPLOY ->
          new DeployTx(
              head,
              fee,
              from,
              Optional.empty(),
              value(object),
              input,
              object.field("humanReadable").isPresent() && object.field("humanReadable").asFlag(),
              codeFormat(object.field("codeFormat")));
      case EXECUTION -> new ExecutionTx(head, fee, from, to.asAddress(), value(object), input);
      case CANCEL -> new CancelTx(head, fee, from);
      case ANCHORING -> new AnchoringTx(head, fee, from, input);
      default -> throw new IllegalStateException("no kind of " + type); // all of Klaytn's are here
    };
  }

  private static FeeDelegation fee(TxType type, RpcValue ratio) {
    if (!type.hasFeeRatio()) {
      return type.isFeeDelegated() ? FeeDelegation.FULL : FeeDelegation.NONE;
    }
    try {
      return FeeDelegation.ratio(ratio.asCount());
    } catch (IllegalArgumentException e) {
      throw ratio.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static AccountKey key(RpcValue key) {
    try {
      return AccountKey.decode(key.asBytes());
    } catch (DecodingException e) {
      throw key.wrong("no account key: " + e.getMessage());
    }
  }

  private static int codeFormat(RpcValue format) {
    int number = format.isPresent() ? format.asCount() : 0;
    if (number > CODE_FORMAT_MAX) {
      throw format.wrong("a code format is one byte");
    }
    return number;
  }

  private static Amount value(RpcValue object) {
    RpcValue value = object.field("value");
    return value.isPresent() ? value.asAmount() : Amount.ZERO;
  }

  private Amount gasPrice() {
    return chain.service().gasPrice().join(); // answered at once in this process
  }

  private long estimate(Call call) {
    GasEstimate estimate =
        chain
            .reads()
            .simulation(
                BlockRef.LATEST, Overrides.NONE, chain.limits().callGasMax(), chain.timeIsOver())
            .estimateGas(call);
    if (estimate instanceof GasEstimate.Failing failing) {
      throw CallFailure.ofEstimate(failing);
    }
    return ((GasEstimate.Sufficient) estimate).gas();
  }
}
