package dev.klay.caver;

import static dev.klay.caver.Checks.equal;
import static dev.klay.caver.Checks.refusal;
import static dev.klay.caver.Checks.result;
import static dev.klay.caver.Checks.sameText;
import static dev.klay.caver.Checks.that;

import com.klaytn.caver.Caver;
import com.klaytn.caver.contract.Contract;
import com.klaytn.caver.contract.ContractDeployParams;
import com.klaytn.caver.contract.SendOptions;
import com.klaytn.caver.methods.request.CallObject;
import com.klaytn.caver.methods.request.KlayLogFilter;
import com.klaytn.caver.methods.response.KlayLogs;
import com.klaytn.caver.methods.response.TransactionReceipt.TransactionReceiptData;
import com.klaytn.caver.transaction.AbstractFeeDelegatedTransaction;
import java.math.BigInteger;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.DefaultBlockParameterNumber;
import org.web3j.utils.Numeric;

/**
 * A contract: deployed, called, executed, with and without a fee payer, its events and failures.
 */
final class Contracts {
  private final Network network;
  private final Caver caver;
  private final String abi;
  private final String code;
  private Contract counter;

  Contracts(Network network) {
    this.network = network;
    this.caver = network.caver;
    this.abi = network.settings.get("counter").get("abi").toString();
    this.code = network.settings.get("counter").get("bytecode").asText();
  }

  void check(Checks checks) {
    checks.check("a contract, deployed and executed by its sender", this::bySender);
    checks.check("a contract, deployed and executed at another's cost", this::byFeePayer);
    checks.check("a call that two parties sign one after the other", this::inTwoSteps);
    checks.check("past events", this::pastEvents);
    checks.check("filters", this::filters);
    checks.check("gas estimates, access lists, calls, storage", this::withoutTransaction);
    checks.check("reverts with a reason, a custom error, a panic", this::reverts);
  }

  static Contract deploy(Network network, SendOptions options, long start) throws Exception {
    String abi = network.settings.get("counter").get("abi").toString();
    String code = network.settings.get("counter").get("bytecode").asText();
    return network
        .caver
        .contract
        .create(abi)
        .deploy(new ContractDeployParams(code, BigInteger.valueOf(start)), options);
  }

  private void bySender() throws Exception {
    counter = deploy(network, network.plain(), 7);
    equal(BigInteger.valueOf(7), count(counter));
    TransactionReceiptData receipt = counter.send(network.plain(), "increase", 2);
    equal("TxTypeSmartContractExecution", receipt.getType());
    equal(1, receipt.getLogs().size());
    equal(BigInteger.valueOf(9), count(counter));
    that(result(caver.rpc.klay.isContractAccount(counter.getContractAddress())), "it has code");
    equal(
        counter.getContractAddress().toLowerCase(),
        caver
            .contract
            .create(abi, counter.getContractAddress())
            .getContractAddress()
            .toLowerCase());
  }

  private void byFeePayer() throws Exception {
    BigInteger before = network.balance(network.sender);
    Contract sponsored = deploy(network, network.delegated(), 1);
    TransactionReceiptData receipt = sponsored.send(network.delegated(), "increase", 1);
    equal("TxTypeFeeDelegatedSmartContractExecution", receipt.getType());
    sameText(network.payer.getAddress(), receipt.getFeePayer());
    equal(before, network.balance(network.sender));
    SendOptions shared = network.delegated();
    shared.setFeeRatio(BigInteger.TEN);
    equal(
        "TxTypeFeeDelegatedSmartContractExecutionWithRatio",
        sponsored.send(shared, "increase", 1).getType());
    equal(BigInteger.valueOf(3), count(sponsored));
  }

  private void inTwoSteps() throws Exception {
    AbstractFeeDelegatedTransaction execution =
        (AbstractFeeDelegatedTransaction) counter.sign(network.delegated(), "increase", 1);
    caver.wallet.signAsFeePayer(network.payer.getAddress(), execution);
    that(caver.validator.validateSender(execution), "the sender's signature is good");
    that(caver.validator.validateFeePayer(execution), "the fee payer's signature is good");
    network.sendSigned(execution);
  }

  private void pastEvents() throws Exception {
    KlayLogFilter filter =
        new KlayLogFilter(
            DefaultBlockParameterName.EARLIEST,
            DefaultBlockParameterName.LATEST,
            counter.getContractAddress(),
            null);
    var logs = counter.getPastEvent("Increased", filter).getLogs();
    equal(2, logs.size());
    KlayLogs.Log first = (KlayLogs.Log) logs.get(0);
    sameText(counter.getContractAddress(), first.getAddress());
    that(
        first.getTopics().get(1).endsWith(network.sender.getAddress().substring(2).toLowerCase()),
        "the sender is indexed");
    equal(BigInteger.valueOf(9), caver.abi.decodeParameter("uint256", first.getData()).getValue());
  }

  private void filters() throws Exception {
    KlayLogFilter filter =
        new KlayLogFilter(
            DefaultBlockParameterName.EARLIEST,
            DefaultBlockParameterName.LATEST,
            counter.getContractAddress(),
            null);
    String logs = result(caver.rpc.klay.newFilter(filter));
    String blocks = result(caver.rpc.klay.newBlockFilter());
    TransactionReceiptData receipt = counter.send(network.plain(), "increase", 1);
    KlayLogs.Log log = (KlayLogs.Log) result(caver.rpc.klay.getFilterChanges(logs)).get(0);
    equal(receipt.getTransactionHash(), log.getTransactionHash());
    KlayLogs.Hash block = (KlayLogs.Hash) result(caver.rpc.klay.getFilterChanges(blocks)).get(0);
    equal(receipt.getBlockHash(), block.get());
    equal(3, result(caver.rpc.klay.getFilterLogs(logs)).size());
    that(result(caver.rpc.klay.uninstallFilter(logs)), "it was there");
    that(!result(caver.rpc.klay.uninstallFilter(logs)), "it is there no more");
    that(result(caver.rpc.klay.uninstallFilter(blocks)), "it was there");
    String pending = result(caver.rpc.klay.newPendingTransactionFilter());
    that(result(caver.rpc.klay.uninstallFilter(pending)), "it was there");
  }

  private void withoutTransaction() throws Exception {
    String gas = counter.estimateGas(from(), "increase", 1);
    BigInteger used = Numeric.toBigInt(counter.send(network.plain(), "increase", 1).getGasUsed());
    that(Numeric.toBigInt(gas).compareTo(used) >= 0, gas + " gas is enough for " + used);
    CallObject call = increase(1);
    that(
        Numeric.toBigInt(result(caver.rpc.klay.estimateComputationCost(call))).signum() > 0,
        "it costs the machine something");
    equal(
        1,
        result(caver.rpc.klay.createAccessList(increase(1), DefaultBlockParameterName.LATEST))
            .getAccessList()
            .size());
    String stored =
        result(
            caver.rpc.klay.getStorageAt(
                counter.getContractAddress(),
                new DefaultBlockParameterNumber(0),
                DefaultBlockParameterName.LATEST));
    equal(count(counter), Numeric.toBigInt(stored));
    that(
        code.contains(
            result(caver.rpc.klay.getCode(counter.getContractAddress())).substring(2, 40)),
        "the code is the compiler's");
    equal(
        BigInteger.ONE,
        counter.decodeFunctionCall(counter.encodeABI("increase", 1)).get(0).getValue());
  }

  private void reverts() throws Exception {
    that(refusal(caver.rpc.klay.call(increase(13))).contains("unlucky"), "the reason is told");
    that(
        refusal(caver.rpc.klay.estimateGas(increase(13))).contains("reverted"),
        "an estimate fails likewise");
    that(refusal(caver.rpc.klay.call(increase(101))).contains("reverted"), "an error of its own");
    CallObject division = from();
    division.setTo(counter.getContractAddress());
    division.setData(counter.encodeABI("ratio", 0));
    that(refusal(caver.rpc.klay.call(division)).contains("reverted"), "a panic");
    TransactionReceiptData failed = counter.send(network.plain(), "increase", 13);
    equal("0x0", failed.getStatus());
    equal("0x9", failed.getTxError());
  }

  private CallObject increase(long by) throws Exception {
    CallObject call = from();
    call.setTo(counter.getContractAddress());
    call.setData(counter.encodeABI("increase", by));
    return call;
  }

  private CallObject from() {
    CallObject call = CallObject.createCallObject();
    call.setFrom(network.sender.getAddress());
    return call;
  }

  private static BigInteger count(Contract counter) throws Exception {
    return (BigInteger) counter.call("count").get(0).getValue();
  }
}
