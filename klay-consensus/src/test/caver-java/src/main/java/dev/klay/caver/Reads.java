package dev.klay.caver;

import static dev.klay.caver.Checks.equal;
import static dev.klay.caver.Checks.result;
import static dev.klay.caver.Checks.sameText;
import static dev.klay.caver.Checks.that;

import com.klaytn.caver.Caver;
import com.klaytn.caver.account.AccountKeyLegacy;
import com.klaytn.caver.methods.response.AccountSmartContract;
import com.klaytn.caver.methods.response.AccountTypeEOA;
import com.klaytn.caver.methods.response.Block.BlockData;
import com.klaytn.caver.methods.response.BlockHeader.BlockHeaderData;
import com.klaytn.caver.methods.response.BlockWithConsensusInfo;
import com.klaytn.caver.methods.response.FeeHistoryResult.FeeHistoryResultData;
import com.klaytn.caver.methods.response.GovernanceChainConfig.ChainConfigData;
import com.klaytn.caver.methods.response.GovernanceItems;
import com.klaytn.caver.methods.response.IAccountType;
import com.klaytn.caver.methods.response.Quantity;
import com.klaytn.caver.methods.response.Transaction.TransactionData;
import com.klaytn.caver.methods.response.TransactionReceipt.TransactionReceiptData;
import com.klaytn.caver.rpc.Klay;
import com.klaytn.caver.transaction.AbstractTransaction;
import com.klaytn.caver.wallet.keyring.MessageSigned;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.utils.Numeric;

/** What caver-java asks a node, read by caver-java's classes. */
final class Reads {
  private static final BigInteger FIXED_PRICE = BigInteger.valueOf(25_000_000_000L);

  private final Network network;
  private final Caver caver;
  private final Klay klay;

  Reads(Network network) {
    this.network = network;
    this.caver = network.caver;
    this.klay = network.caver.rpc.klay;
  }

  void check(Checks checks) {
    checks.check("network, node and prices", this::chain);
    checks.check("accounts", this::accounts);
    checks.check("blocks and headers", this::blocks);
    checks.check("transactions and receipts of blocks", this::transactions);
    checks.check("council and committee", this::validators);
    checks.check("governance and rewards", this::governance);
    checks.check("anchored blocks", this::anchored);
    checks.check("signed messages and who signed transactions", this::signatures);
    checks.check("batches", this::batches);
  }

  private void chain() throws Exception {
    equal(network.settings.get("chainId").bigIntegerValue(), quantity(klay.getChainID()));
    equal(FIXED_PRICE, quantity(klay.getGasPrice()));
    equal(FIXED_PRICE, quantity(klay.getUpperBoundGasPrice()));
    equal(FIXED_PRICE, quantity(klay.getLowerBoundGasPrice()));
    that(quantity(klay.getMaxPriorityFeePerGas()).signum() >= 0, "a tip is not negative");
    FeeHistoryResultData<?> fees =
        result(klay.getFeeHistory(2, DefaultBlockParameterName.LATEST, List.of(50f)));
    equal(3, fees.getBaseFeePerGas().size());
    that(!result(klay.isSyncing()).isSyncing(), "it is not syncing");
    that(result(klay.getClientVersion()).startsWith("Klay"), result(klay.getClientVersion()));
    that(!result(klay.getProtocolVersion()).isEmpty(), "it has a protocol");
    result(klay.isParallelDBWrite());
    that(result(klay.isSenderTxHashIndexingEnabled()), "found by the sender's hash");
    equal(
        "0x47173285a8d7341e5e972fc677286384f802f8ef42a5ec5f03bbfa254cb01fad",
        result(klay.sha3("0x68656c6c6f20776f726c64")));
    that(quantity(caver.rpc.net.getPeerCount()).signum() == 0, "it is alone");
    equal(BigInteger.ZERO, result(caver.rpc.net.getPeerCountByType()).getTotal());
    that(!result(caver.rpc.net.getNetworkID()).isEmpty(), "it has a network id");
    result(caver.rpc.net.isListening());
    equal(
        result(klay.getNodeAddress()).toLowerCase(),
        result(caver.rpc.governance.getNodeAddress()).toLowerCase());
    that(result(klay.forkStatus(1)) != null, "forks are told");
  }

  private void accounts() throws Exception {
    String sender = network.sender.getAddress();
    IAccountType account = result(klay.getAccount(sender)).getAccount();
    AccountTypeEOA own = (AccountTypeEOA) account;
    that(own.getKey().getAccountKey() instanceof AccountKeyLegacy, "its key is its address");
    equal(Numeric.toBigInt(own.getBalance()), network.balance(network.sender));
    equal(new BigInteger(own.getNonce()), quantity(klay.getTransactionCount(sender)));
    that(result(klay.accountCreated(sender)), "it is there");
    that(!result(klay.accountCreated("0x" + "ab".repeat(20))), "it is not there");
    that(!result(klay.isContractAccount(sender)), "it has no code");
    String contract = Contracts.deploy(network, network.plain(), 1).getContractAddress();
    AccountSmartContract code =
        (AccountSmartContract) result(klay.getAccount(contract)).getAccount();
    that(!code.getCodeHash().isEmpty(), "its code has a hash");
    that(quantity(klay.getBalance(sender, 0)).signum() > 0, "rich from the beginning");
  }

  private void blocks() throws Exception {
    TransactionReceiptData receipt = transfer();
    long number = Numeric.toBigInt(receipt.getBlockNumber()).longValueExact();
    that(quantity(klay.getBlockNumber()).longValueExact() >= number, "the head is not behind");
    BlockData<?> block = result(klay.getBlockByNumber(number, true));
    equal(receipt.getBlockHash(), block.getHash());
    TransactionData inside = (TransactionData) block.getTransactions().get(0);
    equal(receipt.getTransactionHash(), inside.getHash());
    BlockData<?> byHash = result(klay.getBlockByHash(receipt.getBlockHash()));
    equal(List.of(receipt.getTransactionHash()), byHash.getTransactions());
    equal(FIXED_PRICE, Numeric.toBigInt(byHash.getBaseFeePerGas()));
    BlockHeaderData<?> header = result(klay.getHeader(BigInteger.valueOf(number)));
    equal(block.getStateRoot(), header.getStateRoot());
    equal(header.getHash(), result(klay.getHeader(receipt.getBlockHash())).getHash());
    equal(block.getHash(), result(klay.getHeader(DefaultBlockParameterName.LATEST)).getHash());
    BlockWithConsensusInfo.Block sealed = result(klay.getBlockWithConsensusInfoByNumber(number));
    equal(1, sealed.getCommittee().size());
    equal(sealed.getCommittee().get(0), sealed.getProposer());
    equal(1, sealed.getTransactions().size());
    equal(
        sealed.getProposer(),
        result(klay.getBlockWithConsensusInfoByHash(receipt.getBlockHash())).getProposer());
  }

  private void transactions() throws Exception {
    TransactionReceiptData receipt = transfer();
    long number = Numeric.toBigInt(receipt.getBlockNumber()).longValueExact();
    String block = receipt.getBlockHash();
    equal(BigInteger.ONE, quantity(klay.getTransactionCountByNumber(number)));
    equal(BigInteger.ONE, quantity(klay.getTransactionCountByHash(block)));
    equal(
        receipt.getTransactionHash(),
        result(klay.getTransactionByBlockHashAndIndex(block, 0)).getHash());
    equal(
        receipt.getTransactionHash(),
        result(klay.getTransactionByBlockNumberAndIndex(number, 0)).getHash());
    List<TransactionReceiptData> receipts = result(klay.getBlockReceipts(block));
    equal(1, receipts.size());
    equal(receipt.getTransactionHash(), receipts.get(0).getTransactionHash());
    equal(null, result(klay.getTransactionReceipt("0x" + "00".repeat(32))));
    equal(null, result(klay.getTransactionByHash("0x" + "00".repeat(32))));
  }

  private void validators() throws Exception {
    List<String> council = result(klay.getCouncil());
    equal(1, council.size());
    equal(council, result(klay.getCommittee()));
    equal(BigInteger.ONE, quantity(klay.getCouncilSize()));
    equal(BigInteger.ONE, quantity(klay.getCommitteeSize()));
    equal(council, result(klay.getCouncil(0)));
    sameText(council.get(0), result(klay.getNodeAddress()));
  }

  private void governance() throws Exception {
    ChainConfigData config = result(klay.getChainConfig());
    equal(network.settings.get("chainId").asInt(), config.getChainid());
    equal(FIXED_PRICE, config.getGovernance().getKIP71().getLowerBoundBaseFee());
    that(config.getGovernance().getReward().getMintingAmount().signum() > 0, "coins are minted");
    equal(config.getChainid(), result(caver.rpc.governance.getChainConfig()).getChainid());
    Map<String, Object> items = result(klay.getParams());
    equal("25000000000", String.valueOf(items.get("kip71.lowerboundbasefee")));
    equal(items.keySet(), result(caver.rpc.governance.getParams()).keySet());
    TransactionReceiptData receipt = transfer();
    var rewards = result(klay.getRewards(Numeric.toBigInt(receipt.getBlockNumber())));
    that(new BigInteger(rewards.getMinted()).signum() > 0, "the proposer gets new coins");
    that(!rewards.getRewards().isEmpty(), "somebody is rewarded");
    that(
        result(caver.rpc.governance.getRewardsAccumulated(BigInteger.ONE, BigInteger.TWO)) != null,
        "rewards of several blocks");
  }

  private void anchored() throws Exception {
    AbstractTransaction anchoring =
        Transactions.build(
            caver,
            "ChainDataAnchoring",
            Map.of(
                "from",
                network.sender.getAddress(),
                "gas",
                Network.GAS,
                "input",
                Transactions.anchoredBlock()));
    String hash = network.send(anchoring).getTransactionHash();
    Map<String, Object> data = result(klayRequest("getDecodedAnchoringTransactionByHash", hash));
    equal("0x" + "01".repeat(32), data.get("blockHash"));
    equal(7, data.get("blockNumber"));
    equal(10, data.get("blockCount"));
    equal(20, data.get("txCount"));
  }

  /** Of an object, as it is: the class that caver-java has for anchored data cannot be made. */
  private Request<?, GovernanceItems> klayRequest(String method, Object... params) {
    return new Request<>(
        "klay_" + method, List.of(params), caver.currentProvider, GovernanceItems.class);
  }

  private void signatures() throws Exception {
    String sender = network.sender.getAddress();
    MessageSigned signed = caver.wallet.signMessage(sender, "hello");
    that(
        caver.validator.validateSignedMessage("hello", signed.getSignatures(), sender),
        "caver-java asks the node for the account's key");
    that(
        !caver.validator.validateSignedMessage("hello!", signed.getSignatures(), sender),
        "another message");
    AbstractTransaction transfer = network.transfer(sender, 1);
    caver.wallet.sign(sender, transfer);
    sameText(
        sender,
        result(
            klay.recoverFromTransaction(
                transfer.getRawTransaction(), DefaultBlockParameterName.LATEST)));
  }

  private void batches() throws Exception {
    BatchResponse answers =
        caver
            .rpc
            .newBatch()
            .add(klay.getBlockNumber())
            .add(klay.getChainID())
            .add(klay.getBalance("nonsense"))
            .send();
    that(((Quantity) answers.getResponses().get(0)).getValue().signum() > 0, "a height");
    equal(network.settings.get("chainId").bigIntegerValue(), value(answers, 1));
    that(answers.getResponses().get(2).hasError(), "no address");
  }

  private static BigInteger value(BatchResponse answers, int index) {
    return ((Quantity) answers.getResponses().get(index)).getValue();
  }

  private TransactionReceiptData transfer() throws Exception {
    return network.send(network.transfer(network.sender.getAddress(), 1));
  }

  private static BigInteger quantity(Request<?, Quantity> request) throws Exception {
    return Numeric.toBigInt(result(request));
  }
}
