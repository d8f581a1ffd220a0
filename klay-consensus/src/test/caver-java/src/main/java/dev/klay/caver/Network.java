package dev.klay.caver;

import static dev.klay.caver.Checks.equal;
import static dev.klay.caver.Checks.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.klaytn.caver.Caver;
import com.klaytn.caver.contract.SendOptions;
import com.klaytn.caver.methods.response.TransactionReceipt.TransactionReceiptData;
import com.klaytn.caver.transaction.AbstractFeeDelegatedTransaction;
import com.klaytn.caver.transaction.AbstractTransaction;
import com.klaytn.caver.transaction.response.PollingTransactionReceiptProcessor;
import com.klaytn.caver.wallet.keyring.AbstractKeyring;
import com.klaytn.caver.wallet.keyring.KeyringFactory;
import com.klaytn.caver.wallet.keyring.SingleKeyring;
import java.math.BigInteger;
import java.util.Map;

/** The node under test, by HTTP, and who spends there. The wallet of caver holds their keys. */
final class Network {
  static final BigInteger GAS = BigInteger.valueOf(3_000_000);

  private static final int POLL_MILLIS = 200;
  private static final int POLLS = 100;

  final JsonNode settings;
  final Caver caver;
  final SingleKeyring sender;
  final SingleKeyring payer;
  final String friend = KeyringFactory.generate().getAddress();

  Network(JsonNode settings) {
    this.settings = settings;
    caver = new Caver(settings.get("http").asText());
    sender = KeyringFactory.createFromPrivateKey(settings.get("keys").get(1).asText());
    payer = KeyringFactory.createFromPrivateKey(settings.get("keys").get(2).asText());
    caver.wallet.add(sender);
    caver.wallet.add(payer);
  }

  /** Signs as the sender, and as fee payer if there is one, and sends. */
  TransactionReceiptData send(AbstractTransaction transaction) throws Exception {
    caver.wallet.sign(sender.getAddress(), transaction);
    if (transaction instanceof AbstractFeeDelegatedTransaction delegated) {
      caver.wallet.signAsFeePayer(payer.getAddress(), delegated);
    }
    return sendSigned(transaction);
  }

  TransactionReceiptData sendSigned(AbstractTransaction transaction) throws Exception {
    return sendRaw(transaction.getRawTransaction());
  }

  TransactionReceiptData sendRaw(String raw) throws Exception {
    String hash = result(caver.rpc.klay.sendRawTransaction(raw));
    TransactionReceiptData receipt =
        new PollingTransactionReceiptProcessor(caver, POLL_MILLIS, POLLS)
            .waitForTransactionReceipt(hash);
    equal("0x1", receipt.getStatus());
    return receipt;
  }

  /** The message with which the node refuses a signed transaction. */
  String refusal(AbstractTransaction transaction) throws Exception {
    return Checks.refusal(caver.rpc.klay.sendRawTransaction(transaction.getRawTransaction()));
  }

  AbstractTransaction transfer(String from, long peb) throws ReflectiveOperationException {
    return Transactions.build(
        caver, "ValueTransfer", Map.of("from", from, "to", friend, "value", peb(peb), "gas", GAS));
  }

  /** A new account with one KLAY. */
  SingleKeyring newAccount() throws Exception {
    SingleKeyring account = KeyringFactory.generate();
    String klay = caver.utils.convertToPeb("1", "KLAY");
    send(
        Transactions.build(
            caver,
            "ValueTransfer",
            Map.of(
                "from",
                sender.getAddress(),
                "to",
                account.getAddress(),
                "value",
                new BigInteger(klay),
                "gas",
                GAS)));
    return account;
  }

  BigInteger balance(AbstractKeyring account) throws Exception {
    return new BigInteger(result(caver.rpc.klay.getBalance(account.getAddress())).substring(2), 16);
  }

  SendOptions plain() {
    return new SendOptions(sender.getAddress(), GAS);
  }

  SendOptions delegated() {
    SendOptions options = plain();
    options.setFeeDelegation(true);
    options.setFeePayer(payer.getAddress());
    return options;
  }

  static BigInteger peb(long amount) {
    return BigInteger.valueOf(amount);
  }
}
