package dev.klay.core.transaction;

import dev.klay.core.account.AccountKey;
import dev.klay.core.transaction.TxSteps.Access;
import dev.klay.core.transaction.TxSteps.Anchor;
import dev.klay.core.transaction.TxSteps.Fees;
import dev.klay.core.transaction.TxSteps.From;
import dev.klay.core.transaction.TxSteps.Gas;
import dev.klay.core.transaction.TxSteps.GasPrice;
import dev.klay.core.transaction.TxSteps.Input;
import dev.klay.core.transaction.TxSteps.Key;
import dev.klay.core.transaction.TxSteps.Memo;
import dev.klay.core.transaction.TxSteps.Nonce;
import dev.klay.core.transaction.TxSteps.Permissions;
import dev.klay.core.transaction.TxSteps.Target;
import dev.klay.core.transaction.TxSteps.To;
import dev.klay.core.transaction.TxSteps.Value;
import java.util.Optional;

/**
 * The first step to each kind of transaction.
 *
 * <pre>{@code
 * SignedTx signed =
 *     NewTx.valueTransfer().from(me).to(friend).value(Amount.klay("1.5"))
 *         .nonce(0).gasPrice(Amount.ston(25)).gas(21_000)
 *         .sign(chainId, key);
 *
 * PartialTx forSponsor =
 *     NewTx.memo().from(me).to(friend).noValue().memo(text)
 *         .nonce(1).gasPrice(Amount.ston(25)).gas(60_000)
 *         .feeDelegated(30)
 *         .signAsSender(chainId, key);
 * }</pre>
 */
public final class NewTx {
  private NewTx() {}

  /** Sends KLAY to an account that is no contract. */
  public static From<To<Value<Nonce<GasPrice<Gas<TxDraft<ValueTransferTx>>>>>>> valueTransfer() {
    return from ->
        to ->
            value ->
                TxSteps.head(
                    head -> new TxDraft<>(d -> new ValueTransferTx(head, d, from, to, value)));
  }

  /** Sends KLAY, zero too, with a memo to an account that is no contract. */
  public static From<To<Value<Memo<Nonce<GasPrice<Gas<TxDraft<MemoTx>>>>>>>> memo() {
    return from ->
        to ->
            value ->
                memo ->
                    TxSteps.head(
                        head -> new TxDraft<>(d -> new MemoTx(head, d, from, to, value, memo)));
  }

  /** Gives an account another key. */
  public static From<Key<Nonce<GasPrice<Gas<TxDraft<AccountUpdateTx>>>>>> accountUpdate() {
    return from ->
        (AccountKey key) ->
            TxSteps.head(head -> new TxDraft<>(d -> new AccountUpdateTx(head, d, from, key)));
  }

  /** Creates a contract; the input is its init code. */
  public static From<Value<Input<Nonce<GasPrice<Gas<TxDraft<DeployTx>>>>>>> deploy() {
    return from ->
        value ->
            code ->
                TxSteps.head(
                    head ->
                        new TxDraft<>(
                            d ->
                                new DeployTx(
                                    head, d, from, Optional.empty(), value, code, false, 0)));
  }

  /** Calls a contract. */
  public static From<To<Value<Input<Nonce<GasPrice<Gas<TxDraft<ExecutionTx>>>>>>>> execution() {
    return from ->
        to ->
            value ->
                input ->
                    TxSteps.head(
                        head ->
                            new TxDraft<>(d -> new ExecutionTx(head, d, from, to, value, input)));
  }

  /** Uses up a nonce, to displace a waiting transaction. */
  public static From<Nonce<GasPrice<Gas<TxDraft<CancelTx>>>>> cancel() {
    return from -> TxSteps.head(head -> new TxDraft<>(d -> new CancelTx(head, d, from)));
  }

  /** Keeps data of another chain in this one. */
  public static From<Anchor<Nonce<GasPrice<Gas<TxDraft<AnchoringTx>>>>>> anchoring() {
    return from ->
        data -> TxSteps.head(head -> new TxDraft<>(d -> new AnchoringTx(head, d, from, data)));
  }

  /** Ethereum's first kind; the sender is whoever signs. */
  public static Target<Value<Input<Nonce<GasPrice<Gas<EthereumTxDraft>>>>>> legacy() {
    return to ->
        value ->
            input ->
                TxSteps.head(head -> new EthereumTxDraft(new LegacyTx(head, to, value, input)));
  }

  /** Ethereum's type 1; the sender is whoever signs. */
  public static Target<Value<Input<Access<Nonce<GasPrice<Gas<EthereumTxDraft>>>>>>>
      ethereumAccessList() {
    return to ->
        value ->
            input ->
                access ->
                    TxSteps.head(
                        head ->
                            new EthereumTxDraft(
                                new AccessListTx(0, head, to, value, input, access)));
  }

  /** Ethereum's type 2; the sender is whoever signs. */
  public static Target<Value<Input<Access<Nonce<Fees<Gas<EthereumTxDraft>>>>>>>
      ethereumDynamicFee() {
    return to ->
        value ->
            input ->
                access ->
                    TxSteps.dynamicHead(
                        h ->
                            new EthereumTxDraft(
                                new DynamicFeeTx(
                                    0,
                                    h.nonce(),
                                    h.priority(),
                                    h.max(),
                                    h.gas(),
                                    to,
                                    value,
                                    input,
                                    access)));
  }

  /** Ethereum's type 4; the sender is whoever signs. */
  public static To<Value<Input<Access<Permissions<Nonce<Fees<Gas<EthereumTxDraft>>>>>>>>
      ethereumSetCode() {
    return to ->
        value ->
            input ->
                access ->
                    (first, more) ->
                        TxSteps.dynamicHead(
                            h ->
                                new EthereumTxDraft(
                                    new SetCodeTx(
                                        0,
                                        h.nonce(),
                                        h.priority(),
                                        h.max(),
                                        h.gas(),
                                        to,
                                        value,
                                        input,
                                        access,
                                        TxSteps.list(first, more))));
  }
}
