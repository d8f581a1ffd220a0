package dev.klay.caver;

import static dev.klay.caver.Checks.equal;
import static dev.klay.caver.Checks.sameText;
import static dev.klay.caver.Checks.that;

import com.klaytn.caver.Caver;
import com.klaytn.caver.contract.Contract;
import com.klaytn.caver.methods.response.LogsNotification;
import com.klaytn.caver.methods.response.NewHeadsNotification;
import io.reactivex.disposables.Disposable;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.websocket.WebSocketService;
import org.web3j.utils.Numeric;

/** The WebSocket of the web3j that caver-java brings: requests, blocks and events as they come. */
final class Subscriptions {
  private static final int TRIES = 50;
  private static final int WAIT_MILLIS = 500;

  private final Network network;

  Subscriptions(Network network) {
    this.network = network;
  }

  void check(Checks checks) {
    checks.check("blocks and events over a WebSocket", this::overWebSocket);
  }

  private void overWebSocket() throws Exception {
    WebSocketService service = new WebSocketService(network.settings.get("ws").asText(), false);
    service.connect();
    try {
      Caver caver = new Caver(service);
      equal(
          network.settings.get("chainId").bigIntegerValue(),
          Numeric.toBigInt(Checks.result(caver.rpc.klay.getChainID())));
      Contract counter = Contracts.deploy(network, network.plain(), 7);
      Contract listening =
          caver.contract.create(
              network.settings.get("counter").get("abi").toString(), counter.getContractAddress());

      NewHeadsNotification head =
          awaiting(
              counter, seen -> caver.rpc.klay.subscribe("newHeads", block -> seen.offer(block)));
      that(head.getParams().getResult().getNumber() != null, "a block with a number");

      LogsNotification event =
          awaiting(counter, seen -> listening.subscribe("Increased", null, log -> seen.offer(log)));
      sameText(counter.getContractAddress(), event.getParams().getResult().getAddress());
      LogsNotification once =
          awaiting(counter, seen -> listening.once("allEvents", null, log -> seen.offer(log)));
      equal(2, once.getParams().getResult().getTopics().size());
      withWeb3j(service, counter);
    } finally {
      service.close();
    }
  }

  private void withWeb3j(WebSocketService service, Contract counter) throws Exception {
    Web3j web3j = Web3j.build(service);
    equal(
        network.settings.get("chainId").bigIntegerValue(), web3j.ethChainId().send().getChainId());
    var head =
        awaiting(
            counter,
            (BlockingQueue<org.web3j.protocol.websocket.events.NewHeadsNotification> seen) ->
                web3j.newHeadsNotifications().subscribe(block -> seen.offer(block)));
    that(Numeric.toBigInt(head.getParams().getResult().getNumber()).signum() > 0, "a number");
    var log =
        awaiting(
            counter,
            (BlockingQueue<org.web3j.protocol.websocket.events.LogNotification> seen) ->
                web3j
                    .logsNotifications(List.of(counter.getContractAddress()), List.of())
                    .subscribe(event -> seen.offer(event)));
    sameText(counter.getContractAddress(), log.getParams().getResult().getAddress());
    BigInteger height = web3j.ethBlockNumber().send().getBlockNumber();
    that(height.signum() > 0, "requests go on");
  }

  private interface Subscribing<T> {
    Disposable to(BlockingQueue<T> seen) throws Exception;
  }

  /**
   * Makes events until one of them comes: web3j does not tell when a subscription has begun at the
   * node.
   */
  private <T> T awaiting(Contract counter, Subscribing<T> subscription) throws Exception {
    BlockingQueue<T> seen = new ArrayBlockingQueue<>(TRIES);
    Disposable open = subscription.to(seen);
    try {
      for (int i = 0; i < TRIES; i++) {
        counter.send(network.plain(), "increase", 1);
        T first = seen.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          return first;
        }
      }
      throw new AssertionError("nothing came");
    } finally {
      open.dispose();
    }
  }
}
