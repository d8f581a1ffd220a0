package dev.klay.caver;

import static dev.klay.caver.Checks.equal;
import static dev.klay.caver.Checks.result;
import static dev.klay.caver.Checks.sameText;
import static dev.klay.caver.Checks.that;

import com.klaytn.caver.Caver;
import com.klaytn.caver.methods.response.TransactionReceipt.TransactionReceiptData;
import com.klaytn.caver.rpc.Klay;
import com.klaytn.caver.transaction.AbstractFeeDelegatedTransaction;
import com.klaytn.caver.transaction.AbstractTransaction;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.web3j.protocol.core.DefaultBlockParameterName;

/** An account that the node signs for: as sender, as fee payer, messages. */
final class UnlockedAccount {
  private static final String HELLO = "0x68656c6c6f";

  private final Network network;
  private final Caver caver;
  private final Klay klay;

  UnlockedAccount(Network network) {
    this.network = network;
    this.caver = network.caver;
    this.klay = network.caver.rpc.klay;
  }

  void check(Checks checks) {
    checks.check("the node signs as sender", this::asSender);
    checks.check("the node signs as fee payer", this::asFeePayer);
    checks.check("the node signs a message", this::message);
  }

  private void asSender() throws Exception {
    Map<String, Object> transfer = Map.of("to", network.friend, "value", BigInteger.TWO);
    Map<String, Object> memo = new LinkedHashMap<>(transfer);
    memo.put("input", HELLO);
    Map<String, Map<String, Object>> kinds =
        Map.of("ValueTransfer", transfer, "ValueTransferMemo", memo, "Cancel", Map.of());
    for (Map.Entry<String, Map<String, Object>> kind : kinds.entrySet()) {
      var signed = result(klay.signTransaction(filled(kind.getKey(), account(), kind.getValue())));
      equal("TxType" + kind.getKey(), signed.getTx().getType());
      equal("TxType" + kind.getKey(), network.sendRaw(signed.getRaw()).getType());
    }
    String hash = result(klay.sendTransaction(filled("ValueTransferMemo", account(), memo)));
    equal("TxTypeValueTransferMemo", result(klay.getTransactionReceipt(hash)).getType());
  }

  private void asFeePayer() throws Exception {
    var signed = result(klay.signTransactionAsFeePayer(signedBySender()));
    assertPaidByTheNode(network.sendRaw(signed.getRaw()));
    String hash = result(klay.sendTransactionAsFeePayer(signedBySender()));
    assertPaidByTheNode(result(klay.getTransactionReceipt(hash)));
  }

  private AbstractFeeDelegatedTransaction signedBySender() throws Exception {
    Map<String, Object> fields =
        Map.of("to", network.friend, "value", BigInteger.TWO, "feePayer", account());
    AbstractTransaction offered =
        filled("FeeDelegatedValueTransfer", network.sender.getAddress(), fields);
    caver.wallet.sign(network.sender.getAddress(), offered);
    return (AbstractFeeDelegatedTransaction) offered;
  }

  private void assertPaidByTheNode(TransactionReceiptData receipt) throws Exception {
    equal("TxTypeFeeDelegatedValueTransfer", receipt.getType());
    sameText(account(), receipt.getFeePayer());
  }

  private void message() throws Exception {
    String signature = result(klay.sign(account(), HELLO));
    sameText(
        account(),
        result(
            klay.recoverFromMessage(
                account(), HELLO, signature, DefaultBlockParameterName.LATEST)));
    that(
        caver.validator.validateSignedMessage(
            HELLO, caver.utils.decodeSignature(signature), account()),
        "caver-java finds the same");
  }

  private AbstractTransaction filled(String type, String from, Map<String, Object> fields)
      throws Exception {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    all.put("from", from);
    all.put("gas", Network.GAS);
    AbstractTransaction transaction = Transactions.build(caver, type, all);
    transaction.fillTransaction();
    return transaction;
  }

  private String account() throws Exception {
    return result(klay.getAccounts()).get(0);
  }
}
