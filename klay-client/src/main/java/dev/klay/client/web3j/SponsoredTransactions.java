package dev.klay.client.web3j;

import dev.klay.client.signer.Signer;
import dev.klay.core.transaction.DelegatedTxDraft;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.NewTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.TxDraft;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthGetCode;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.exceptions.ContractCallException;
import org.web3j.utils.Numeric;

/**
 * Sends what web3j's wrappers want to send as fee-delegated transactions: one account acts, another
 * one pays the fees. The wrappers stay as they were generated.
 *
 * <pre>{@code
 * TransactionManager sponsored =
 *     new SponsoredTransactions(web3j, new KlaytnRequests(service), 1000, user, sponsor);
 * Shop shop = Shop.load(address, web3j, sponsored, gas);
 * }</pre>
 *
 * <p>Both accounts are those of their signers' keys. As web3j's own, it asks for the nonce each
 * time: one thread at a time.
 */
public final class SponsoredTransactions extends TransactionManager {
  private static final int POLLS = 100;
  private static final long POLL_MILLIS = 200;

  private final Web3j web3j;
  private final KlaytnRequests klaytn;
  private final long chainId;
  private final Signer sender;
  private final Signer payer;

  public SponsoredTransactions(
      Web3j web3j, KlaytnRequests klaytn, long chainId, Signer sender, Signer payer) {
    super(web3j, POLLS, POLL_MILLIS, sender.publicKey().toAddress().toHex());
    this.web3j = web3j;
    this.klaytn = klaytn;
    this.chainId = chainId;
    this.sender = sender;
    this.payer = payer;
  }

  @Override
  public EthSendTransaction sendTransaction(
      BigInteger gasPrice,
      BigInteger gasLimit,
      @Nullable String to,
      @Nullable String data,
      @Nullable BigInteger value,
      boolean constructor)
      throws IOException {
    Address from = sender.publicKey().toAddress();
    Amount coins = Amount.peb(value == null ? BigInteger.ZERO : value);
    Bytes input = Bytes.wrap(Numeric.hexStringToByteArray(data == null ? "" : data));
    long nonce =
        web3j
            .ethGetTransactionCount(getFromAddress(), DefaultBlockParameterName.PENDING)
            .send()
            .getTransactionCount()
            .longValueExact();
    Amount price = Amount.peb(gasPrice);
    long gas = gasLimit.longValueExact();
    if (to == null || to.isEmpty()) {
      return send(
          NewTx.deploy()
              .from(from)
              .value(coins)
              .input(input)
              .nonce(nonce)
              .gasPrice(price)
              .gas(gas));
    }
    Address target = Address.parse(to);
    return input.isEmpty()
        ? send(
            NewTx.valueTransfer()
                .from(from)
                .to(target)
                .value(coins)
                .nonce(nonce)
                .gasPrice(price)
                .gas(gas))
        : send(
            NewTx.execution()
                .from(from)
                .to(target)
                .value(coins)
                .input(input)
                .nonce(nonce)
                .gasPrice(price)
                .gas(gas));
  }

  private <T extends KlaytnTx> EthSendTransaction send(TxDraft<T> draft) throws IOException {
    DelegatedTxDraft<T> delegated = draft.feeDelegated();
    T tx = delegated.build();
    Address paying = payer.publicKey().toAddress();
    PartialTx signed =
        delegated
            .unsigned()
            .sign(chainId, sender.sign(tx.signingPayload(chainId)))
            .signAsFeePayer(
                chainId, paying, payer.sign(tx.feePayerSigningPayload(paying, chainId)));
    KlaytnRequests.TextResponse answer =
        klaytn.sendRawTransaction(signed.complete().encode().toHex()).send();
    EthSendTransaction sent = new EthSendTransaction();
    sent.setResult(answer.getResult());
    sent.setError(answer.getError());
    return sent;
  }

  /** Fee-delegated transactions have one price; it is the most that the caller would pay. */
  @Override
  public EthSendTransaction sendEIP1559Transaction(
      long chain,
      BigInteger maxPriorityFeePerGas,
      BigInteger maxFeePerGas,
      BigInteger gasLimit,
      @Nullable String to,
      @Nullable String data,
      @Nullable BigInteger value,
      boolean constructor)
      throws IOException {
    return sendTransaction(maxFeePerGas, gasLimit, to, data, value, constructor);
  }

  @Override
  public String sendCall(String to, String data, DefaultBlockParameter block) throws IOException {
    EthCall answer =
        web3j
            .ethCall(Transaction.createEthCallTransaction(getFromAddress(), to, data), block)
            .send();
    if (answer.isReverted()) {
      throw new ContractCallException(String.format(REVERT_ERR_STR, answer.getRevertReason()));
    }
    return answer.getValue();
  }

  @Override
  public EthGetCode getCode(String contract, DefaultBlockParameter block) throws IOException {
    return web3j.ethGetCode(contract, block).send();
  }
}
