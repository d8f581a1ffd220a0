package dev.klay.client.web3j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.Connection;
import dev.klay.client.KlayChain;
import dev.klay.client.TestChain;
import dev.klay.client.signer.Signer;
import dev.klay.client.web3j.generated.Market;
import dev.klay.crypto.secp256k1.PrivateKey;
import io.reactivex.Flowable;
import io.reactivex.disposables.Disposable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.exceptions.TransactionException;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.FastRawTransactionManager;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.Transfer;
import org.web3j.tx.exceptions.ContractCallException;
import org.web3j.tx.gas.StaticEIP1559GasProvider;
import org.web3j.tx.gas.StaticGasProvider;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.web3j.utils.Convert;
import org.web3j.utils.Numeric;

/**
 * A wrapper as web3j's generator made it, in this process through the bridge, and over HTTP through
 * web3j's own service.
 */
@ParameterizedClass
@EnumSource(
    value = Connection.class,
    names = {"IN_PROCESS", "HTTP"})
@Timeout(120)
class GeneratedWrapperTest {
  private static final long CHAIN_ID = 1000;
  private static final int POLLS = 200;
  private static final int POLL_MILLIS = 50;
  private static final BigInteger PRICE = BigInteger.valueOf(25_000_000_000L);
  private static final BigInteger GAS_MAX = BigInteger.valueOf(3_000_000);
  private static final StaticGasProvider GAS = new StaticGasProvider(PRICE, GAS_MAX);
  private static final BigInteger COST = BigInteger.valueOf(70);

  private final List<PrivateKey> keys =
      KlayChain.devKeys(KlayChain.DEV_MNEMONIC.toCharArray(), KlayChain.ACCOUNTS);
  private final OkHttpClient http = new OkHttpClient();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final TestChain chain;
  private final Web3jService service;
  private final Web3j web3j;
  private final Credentials alice = credentials(0);
  private final Market.Item lamp =
      new Market.Item("lamp", COST, keys.get(3).publicKey().toAddress().toHex());

  GeneratedWrapperTest(Connection connection) {
    chain = TestChain.open(Connection.IN_PROCESS);
    service =
        connection == Connection.HTTP
            ? new HttpService("http://127.0.0.1:" + chain.port(), http)
            : KlayWeb3jService.of(chain.node());
    web3j = Web3j.build(service, POLL_MILLIS, timer);
  }

  @AfterEach
  void close() {
    web3j.shutdown();
    timer.shutdownNow();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
    chain.close();
    keys.forEach(PrivateKey::close);
  }

  @Test
  void isDeployedCalledAndSentTo() throws Exception {
    Market market = deploy();
    assertThat(market.name().send()).isEqualTo("Bazaar");
    TransactionReceipt offered = market.offer(lamp).send();
    Market.OfferedEventResponse offer = Market.getOfferedEvents(offered).get(0);
    assertThat(offer.id).isZero();
    assertThat(offer.seller).isEqualTo(alice.getAddress());
    assertThat(offer.item.name).isEqualTo("lamp");
    assertThat(market.itemOf(offer.id).send().price).isEqualTo(COST);
    assertThat(market.all().send().size()).isOne();
    assertThat((Object) market.prices(List.of(BigInteger.ZERO)).send()).isEqualTo(List.of(COST));
    assertThat(market.summary().sendAsync().get().component2()).isOne();

    market.buy(BigInteger.ZERO, COST).send();
    assertThat(market.buyers(BigInteger.ZERO).send()).isEqualTo(alice.getAddress());
    assertThat(
            web3j
                .ethGetBalance(market.getContractAddress(), DefaultBlockParameterName.LATEST)
                .send()
                .getBalance())
        .isEqualTo(COST);

    byte[] word = new byte[32];
    word[0] = 1;
    byte[] data = "any bytes".getBytes(StandardCharsets.UTF_8);
    var echo = market.echo(word, data, BigInteger.valueOf(-5)).send();
    assertThat(echo.component1()).isEqualTo(word);
    assertThat(echo.component2()).isEqualTo(data);
    assertThat(echo.component3()).isEqualTo(-5);
    assertThat(Market.load(market.getContractAddress(), web3j, alice, GAS).isValid()).isTrue();
  }

  @Test
  void saysWhyTheContractRefused() throws Exception {
    Market market = deploy();
    market.offer(lamp).send();
    market.buy(BigInteger.ZERO, COST).send();
    assertThatThrownBy(() -> market.buy(BigInteger.ZERO, COST).send())
        .isInstanceOf(TransactionException.class)
        .hasMessageContaining("sold");
    assertThatThrownBy(() -> market.itemOf(BigInteger.TEN).send())
        .isInstanceOf(ContractCallException.class);
    EthCall tooLittle = web3j.ethCall(buying(market), DefaultBlockParameterName.LATEST).send();
    assertThat(tooLittle.isReverted()).isTrue();
    assertThat(String.valueOf(tooLittle.getError().getData()))
        .contains(selector("TooLittle(uint256,uint256)"));
    assertThat(web3j.ethEstimateGas(buying(market)).send().getError().getMessage())
        .contains("reverted");
  }

  private Transaction buying(Market market) {
    String call =
        FunctionEncoder.encode(
            new Function("buy", List.of(new Uint256(BigInteger.ZERO)), List.of()));
    return Transaction.createEthCallTransaction(
        alice.getAddress(), market.getContractAddress(), call);
  }

  private static String selector(String error) {
    return Hash.sha3String(error).substring(0, 10);
  }

  @Test
  void eventsComeFromThePastAndAsTheyHappen() throws Exception {
    Market market = deploy();
    market.offer(lamp).send();
    Future<List<BigInteger>> seen =
        market
            .offeredEventFlowable(
                DefaultBlockParameterName.EARLIEST, DefaultBlockParameterName.LATEST)
            .map(event -> event.id)
            .take(3)
            .toList()
            .toFuture();
    market.offer(lamp).send();
    market.offer(lamp).send();
    assertThat(seen.get()).containsExactly(BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO);
  }

  @Test
  void blocksAndTransactionsAreReplayedAndFollowed() throws Exception {
    Market market = deploy();
    BlockingQueue<String> followed = new LinkedBlockingQueue<>();
    Disposable open =
        web3j
            .replayPastAndFutureTransactionsFlowable(DefaultBlockParameterName.EARLIEST)
            .subscribe(transaction -> followed.add(transaction.getHash()));
    assertThat(followed.poll(30, TimeUnit.SECONDS))
        .isEqualTo(market.getTransactionReceipt().orElseThrow().getTransactionHash());
    assertThat(offersUntilOneIsSeen(market, followed)).contains(followed.remove());
    open.dispose();
    Flowable<BigInteger> past =
        web3j
            .replayPastBlocksFlowable(
                DefaultBlockParameterName.EARLIEST, DefaultBlockParameterName.LATEST, false)
            .map(block -> block.getBlock().getNumber());
    List<BigInteger> numbers = past.toList().blockingGet();
    assertThat(numbers).startsWith(BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO);
    assertThat(numbers).hasSize(1 + web3j.ethBlockNumber().send().getBlockNumber().intValue());
  }

  /** Between the past and the future web3j misses what is sealed while it begins to listen. */
  private List<String> offersUntilOneIsSeen(Market market, BlockingQueue<String> followed)
      throws Exception {
    List<String> sent = new ArrayList<>();
    while (sent.isEmpty() || followed.isEmpty()) {
      sent.add(market.offer(lamp).send().getTransactionHash());
    }
    return sent;
  }

  @Test
  void sendsEveryKindThatWeb3jHas() throws Exception {
    String bob = chain.account(1).address().toHex();
    RawTransactionManager raw = transactions();
    TransactionReceipt paid =
        new Transfer(web3j, raw)
            .sendFunds(bob, new BigDecimal("1.5"), Convert.Unit.ETHER, PRICE, GAS_MAX)
            .send();
    assertThat(paid.isStatusOK()).isTrue();
    String legacy =
        raw.sendTransaction(PRICE, GAS_MAX, bob, "", BigInteger.ONE).getTransactionHash();
    String dynamic =
        raw.sendEIP1559Transaction(
                CHAIN_ID, BigInteger.ZERO, PRICE, GAS_MAX, bob, "", BigInteger.ONE)
            .getTransactionHash();
    RawTransaction withAccessList =
        RawTransaction.createTransaction(
            CHAIN_ID, BigInteger.valueOf(3), PRICE, GAS_MAX, bob, BigInteger.ONE, "", List.of());
    String listed =
        web3j
            .ethSendRawTransaction(
                Numeric.toHexString(TransactionEncoder.signMessage(withAccessList, alice)))
            .send()
            .getTransactionHash();
    assertThat(typeOf(legacy)).isEqualTo("0x0");
    assertThat(typeOf(listed)).isEqualTo("0x1");
    assertThat(typeOf(dynamic)).isEqualTo("0x2");
    EthSendTransaction known =
        raw.signAndSend(
            RawTransaction.createEtherTransaction(
                BigInteger.ZERO, PRICE, GAS_MAX, bob, BigInteger.ONE));
    assertThat(known.getError().getMessage()).contains("nonce too low");
  }

  private String typeOf(String hash) throws Exception {
    return web3j.ethGetTransactionByHash(hash).send().getTransaction().orElseThrow().getType();
  }

  @Test
  void pricesOfLondonAndManyTransactionsAtOnce() throws Exception {
    TransactionManager fast =
        new FastRawTransactionManager(
            web3j,
            alice,
            CHAIN_ID,
            new PollingTransactionReceiptProcessor(web3j, POLL_MILLIS, POLLS));
    Market market =
        Market.deploy(
                web3j,
                fast,
                new StaticEIP1559GasProvider(CHAIN_ID, PRICE, BigInteger.ZERO, GAS_MAX),
                "Bazaar")
            .send();
    for (int i = 0; i < 5; i++) {
      market.offer(lamp).send();
    }
    assertThat(market.all().send().size()).isEqualTo(5);
  }

  @Test
  void actsAtTheCostOfAnother() throws Exception {
    TransactionManager sponsored =
        new SponsoredTransactions(
            web3j,
            new KlaytnRequests(service),
            CHAIN_ID,
            Signer.of(keys.get(0)),
            Signer.of(keys.get(1)));
    BigInteger before = balance(0);
    Market market = Market.deploy(web3j, sponsored, GAS, "Bazaar").send();
    TransactionReceipt offered = market.offer(lamp).send();
    assertThat(Market.getOfferedEvents(offered).get(0).seller).isEqualTo(alice.getAddress());
    assertThat(market.name().send()).isEqualTo("Bazaar");
    assertThat(balance(0)).isEqualTo(before);
    assertThat(balance(1)).isLessThan(before);
    assertThat(new KlaytnRequests(service).receipt(offered.getTransactionHash()).send().getResult())
        .containsEntry("type", "TxTypeFeeDelegatedSmartContractExecution")
        .containsEntry("feePayer", chain.account(1).address().toHex());
    assertThatThrownBy(() -> market.itemOf(BigInteger.TEN).send())
        .isInstanceOf(ContractCallException.class);
    sponsored.sendTransaction(PRICE, GAS_MAX, lamp.seller, "", COST);
    assertThat(balance(0)).isEqualTo(before.subtract(COST));
  }

  private BigInteger balance(int account) throws Exception {
    return web3j
        .ethGetBalance(chain.account(account).address().toHex(), DefaultBlockParameterName.LATEST)
        .send()
        .getBalance();
  }

  private Market deploy() throws Exception {
    return Market.deploy(web3j, transactions(), GAS, "Bazaar").send();
  }

  private RawTransactionManager transactions() {
    return new RawTransactionManager(web3j, alice, CHAIN_ID, POLLS, POLL_MILLIS);
  }

  private Credentials credentials(int account) {
    return Credentials.create(new BigInteger(1, keys.get(account).exportSecret()).toString(16));
  }
}
