package dev.klay.caver;

import static dev.klay.caver.Checks.equal;
import static dev.klay.caver.Checks.result;
import static dev.klay.caver.Checks.sameText;
import static dev.klay.caver.Checks.that;

import com.klaytn.caver.Caver;
import com.klaytn.caver.account.Account;
import com.klaytn.caver.methods.response.Transaction.TransactionData;
import com.klaytn.caver.methods.response.TransactionReceipt.TransactionReceiptData;
import com.klaytn.caver.transaction.AbstractFeeDelegatedTransaction;
import com.klaytn.caver.transaction.AbstractTransaction;
import com.klaytn.caver.transaction.TransactionDecoder;
import com.klaytn.caver.transaction.utils.AccessList;
import com.klaytn.caver.transaction.utils.AccessTuple;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.utils.Numeric;

/** Every kind of transaction that caver-java can make, plain, with a fee payer and with a ratio. */
final class Transactions {
  private static final String PACKAGE = "com.klaytn.caver.transaction.type.";
  private static final int RATIO = 30;
  private static final int WHOLE = 100;
  private static final BigInteger VALUE = BigInteger.valueOf(5);

  private final Network network;
  private final Caver caver;
  private final String from;
  private String counter;

  Transactions(Network network) {
    this.network = network;
    this.caver = network.caver;
    this.from = network.sender.getAddress();
  }

  void check(Checks checks) {
    String code = network.settings.get("counter").get("bytecode").asText();
    kind(checks, "ValueTransfer", () -> Map.of("to", network.friend, "value", VALUE));
    kind(
        checks,
        "ValueTransferMemo",
        () -> Map.of("to", network.friend, "value", VALUE, "input", "0x68656c6c6f"));
    kind(
        checks,
        "SmartContractDeploy",
        () -> Map.of("value", BigInteger.ZERO, "input", code + "0".repeat(63) + "7"));
    kind(
        checks,
        "SmartContractExecution",
        () -> Map.of("to", counter, "value", BigInteger.ZERO, "input", increase(1)));
    kind(
        checks, "AccountUpdate", () -> Map.of("account", Account.createWithAccountKeyLegacy(from)));
    kind(checks, "Cancel", () -> Map.of());
    kind(checks, "ChainDataAnchoring", () -> Map.of("input", anchoredBlock()));
    checks.check("LegacyTransaction", () -> ethereum("LegacyTransaction", Map.of()));
    checks.check("EthereumAccessList", () -> ethereum("EthereumAccessList", accessList()));
    checks.check("EthereumDynamicFee", () -> ethereum("EthereumDynamicFee", accessList()));
    checks.check("the sender signs, somebody else pays and sends", this::payerOfAnotherParty);
    checks.check("a transaction with a nonce gap, a wrong chain, no coins", this::refused);
  }

  private interface Fields {
    Map<String, Object> get() throws Exception;
  }

  private void kind(Checks checks, String kind, Fields fields) {
    checks.check(kind, () -> plain(kind, fields.get()));
    String delegated = "FeeDelegated" + kind;
    checks.check(delegated, () -> delegated(delegated, fields.get(), WHOLE));
    String shared = delegated + "WithRatio";
    checks.check(shared, () -> delegated(shared, fields.get(), RATIO));
  }

  private void plain(String type, Map<String, Object> fields) throws Exception {
    BigInteger before = network.balance(network.sender);
    TransactionReceiptData receipt = network.send(build(type, fields, Map.of()));
    BigInteger spent = fee(receipt).add((BigInteger) fields.getOrDefault("value", BigInteger.ZERO));
    equal(before.subtract(spent), network.balance(network.sender));
    assertFound(type, receipt);
    if (type.equals("SmartContractDeploy")) {
      counter = receipt.getContractAddress();
    }
  }

  private void delegated(String type, Map<String, Object> fields, int ratio) throws Exception {
    BigInteger before = network.balance(network.payer);
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("feePayer", network.payer.getAddress());
    if (ratio != WHOLE) {
      more.put("feeRatio", BigInteger.valueOf(ratio));
    }
    TransactionReceiptData receipt = network.send(build(type, fields, more));
    sameText(network.payer.getAddress(), receipt.getFeePayer());
    if (ratio != WHOLE) {
      equal("0x1e", receipt.getFeeRatio());
    }
    BigInteger paid = fee(receipt).multiply(BigInteger.valueOf(ratio)).divide(peb(WHOLE));
    equal(before.subtract(paid), network.balance(network.payer));
    TransactionData bySender =
        result(caver.rpc.klay.getTransactionBySenderTxHash(receipt.getSenderTxHash()));
    equal(receipt.getTransactionHash(), bySender.getHash());
    TransactionReceiptData again =
        result(caver.rpc.klay.getTransactionReceiptBySenderTxHash(receipt.getSenderTxHash()));
    equal(receipt.getTransactionHash(), again.getTransactionHash());
    equal(1, receipt.getFeePayerSignatures().size());
    assertFound(type, receipt);
  }

  private void ethereum(String type, Map<String, Object> more) throws Exception {
    Map<String, Object> fields = Map.of("to", network.friend, "value", VALUE, "input", "0x");
    TransactionReceiptData receipt = network.send(build(type, fields, more));
    assertFound(type, receipt);
  }

  /** The node shows the transaction as caver-java's classes read it, and can sign for it again. */
  private void assertFound(String type, TransactionReceiptData receipt) throws Exception {
    equal("TxType" + type, receipt.getType());
    TransactionData found =
        result(caver.rpc.klay.getTransactionByHash(receipt.getTransactionHash()));
    equal("TxType" + type, found.getType());
    sameText(from, found.getFrom());
    equal(1, found.getSignatures().size());
    equal(receipt.getBlockHash(), found.getBlockHash());
  }

  private void payerOfAnotherParty() throws Exception {
    AbstractTransaction offered =
        build("FeeDelegatedValueTransfer", Map.of("to", network.friend, "value", VALUE), Map.of());
    caver.wallet.sign(from, offered);
    AbstractFeeDelegatedTransaction received =
        (AbstractFeeDelegatedTransaction) TransactionDecoder.decode(offered.getRLPEncoding());
    received.setKlaytnCall(caver.rpc.klay);
    received.setFeePayer(network.payer.getAddress());
    caver.wallet.signAsFeePayer(network.payer.getAddress(), received);
    that(caver.validator.validateTransaction(received), "both signatures are good");
    TransactionReceiptData receipt = network.sendSigned(received);
    sameText(network.payer.getAddress(), receipt.getFeePayer());
  }

  private void refused() throws Exception {
    Map<String, Object> transfer = Map.of("to", network.friend, "value", VALUE);
    AbstractTransaction old = build("ValueTransfer", transfer, Map.of("nonce", BigInteger.ZERO));
    caver.wallet.sign(from, old);
    that(network.refusal(old).contains("nonce too low"), network.refusal(old));
    AbstractTransaction foreign = build("ValueTransfer", transfer, Map.of("chainId", peb(2019)));
    caver.wallet.sign(from, foreign);
    that(network.refusal(foreign).contains("chain"), network.refusal(foreign));
    AbstractTransaction rich =
        build(
            "ValueTransfer",
            Map.of("to", network.friend, "value", BigInteger.TEN.pow(30)),
            Map.of());
    caver.wallet.sign(from, rich);
    that(network.refusal(rich).contains("insufficient"), network.refusal(rich));
  }

  private AbstractTransaction build(
      String type, Map<String, Object> fields, Map<String, Object> more)
      throws ReflectiveOperationException {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    all.put("from", from);
    all.put("gas", Network.GAS);
    all.putAll(more);
    return build(caver, type, all);
  }

  /** Fills the builder of a transaction type; names are those of its setters. */
  static AbstractTransaction build(Caver caver, String type, Map<String, Object> fields)
      throws ReflectiveOperationException {
    Object builder = Class.forName(PACKAGE + type + "$Builder").getConstructor().newInstance();
    setter(builder, "klaytnCall", caver.rpc.klay).invoke(builder, caver.rpc.klay);
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      setter(builder, field.getKey(), field.getValue()).invoke(builder, field.getValue());
    }
    return (AbstractTransaction) builder.getClass().getMethod("build").invoke(builder);
  }

  private static Method setter(Object builder, String field, Object value) {
    String name = "set" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
    return Arrays.stream(builder.getClass().getMethods())
        .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
        .filter(method -> method.getParameterTypes()[0].isInstance(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError(builder.getClass() + " has no " + name));
  }

  private String increase(long by) throws Exception {
    return caver
        .contract
        .create(network.settings.get("counter").get("abi").toString(), counter)
        .encodeABI("increase", by);
  }

  private Map<String, Object> accessList() {
    List<String> slots = new ArrayList<>(List.of("0x" + "0".repeat(64)));
    AccessTuple tuple = AccessTuple.create(counter, slots);
    return Map.of("accessList", AccessList.create(List.of(tuple)));
  }

  /** A block of a service chain, as its operator's node anchors it (format 0). */
  static String anchoredBlock() {
    RlpList block =
        new RlpList(hash(1), hash(2), hash(3), hash(4), hash(5), number(7), number(10), number(20));
    RlpString encoded = RlpString.create(RlpEncoder.encode(block));
    return Numeric.toHexString(RlpEncoder.encode(new RlpList(number(0), encoded)));
  }

  private static RlpString hash(int seed) {
    byte[] hash = new byte[32];
    Arrays.fill(hash, (byte) seed);
    return RlpString.create(hash);
  }

  private static RlpString number(long number) {
    return RlpString.create(number);
  }

  private static BigInteger fee(TransactionReceiptData receipt) {
    return Numeric.toBigInt(receipt.getGasUsed())
        .multiply(Numeric.toBigInt(receipt.getEffectiveGasPrice()));
  }

  private static BigInteger peb(long amount) {
    return Network.peb(amount);
  }
}
