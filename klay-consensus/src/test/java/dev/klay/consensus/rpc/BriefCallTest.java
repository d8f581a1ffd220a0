package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where calls are answered: the short ones by the threads that read sockets, the long ones by
 * workers. Calls here are creations, whose code stands in the request.
 */
@Timeout(120)
class BriefCallTest {
  /** Returns the block's number. */
  private static final String SHORT = "{\"data\":\"0x4360005260206000f3\"}";

  /** Burns all its gas: JUMPDEST, PUSH1 0, JUMP. */
  private static final String ENDLESS = "{\"data\":\"0x5b600056\"}";

  private static final String LOOP = "-http-";
  private static final String WORKER = "-rpc-";

  private final KlayNode node = KlayNode.of(ChainSpec.development()).rpc(0).start();
  private final HttpClientFixture http = new HttpClientFixture(node.rpcAddresses().get(0));
  private final Watched calls = watch("eth_call");

  @AfterEach
  void close() {
    calls.gate.countDown();
    node.close();
  }

  /** Notes the threads that answer, and may hold up a worker. */
  private static final class Watched implements RpcMethod {
    private final RpcMethod method;
    private final List<String> threads = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean holdsWorkers;

    Watched(RpcMethod method) {
      this.method = method;
    }

    @Override
    public CompletableFuture<JsonNode> call(RpcParams params, RpcSession session) {
      String thread = Thread.currentThread().getName();
      threads.add(thread.contains(LOOP) ? LOOP : thread.contains(WORKER) ? WORKER : thread);
      if (holdsWorkers && thread.contains(WORKER)) {
        entered.countDown();
        await(gate);
      }
      return method.call(params, session);
    }

    @Override
    public Brevity brevity() {
      return method.brevity();
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    List<String> takeThreads() {
      List<String> taken = List.copyOf(threads);
      threads.clear();
      return taken;
    }
  }

  private Watched watch(String method) {
    RpcMethods methods = node.rpc().methods();
    Watched watched = new Watched(methods.find(method).orElseThrow());
    methods.put(method, watched);
    return watched;
  }

  private static String request(String call) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"eth_call\",\"params\":[" + call + "]}";
  }

  @Test
  void aShortCallIsAnsweredWhereSocketsAreRead() {
    JsonNode answer = http.call("eth_call", "[" + SHORT + ",\"latest\"]");
    assertThat(answer.get("result").asText()).isEqualTo("0x" + "0".repeat(64));
    assertThat(calls.takeThreads()).containsExactly(LOOP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"klay_call", "eth_estimateGas", "klay_estimateGas", "chain_call"})
  void soAreItsRelatives(String method) {
    Watched watched = watch(method);
    assertThat(http.call(method, "[" + SHORT + "]").has("result")).isTrue();
    assertThat(watched.takeThreads()).containsExactly(LOOP);
  }

  @Test
  void aLongOneIsTriedAndThenAnsweredByAWorkerFromTheStart() {
    JsonNode answer = http.call("eth_call", "[" + ENDLESS + "]");
    assertThat(answer.at("/error/message").asText()).isEqualTo("out of gas");
    assertThat(calls.takeThreads()).containsExactly(LOOP, WORKER);
  }

  @Test
  void eachCallIsCountedOnce() {
    AtomicInteger counted = new AtomicInteger();
    node.rpc().onCall(counted::incrementAndGet);
    http.call("eth_call", "[" + ENDLESS + "]");
    assertThat(counted).hasValue(1);
    http.call("eth_blockNumber", "[]");
    assertThat(counted).hasValue(2);
  }

  @Test
  void theGasThatCodeSeesIsNotThatOfTheTry() {
    // GAS, PUSH1 0, MSTORE, PUSH1 32, PUSH1 0, RETURN, behind the intrinsic gas of a creation.
    JsonNode answer = http.call("eth_call", "[{\"data\":\"0x5a60005260206000f3\"}]");
    long all = RpcLimits.DEFAULT.callGasMax();
    assertThat(Long.decode(answer.get("result").asText())).isBetween(all - 54_000, all - 53_000);
    assertThat(calls.takeThreads()).containsExactly(LOOP);
  }

  /** Both threads that read sockets answer while the endless call is with a worker. */
  @Test
  void anEndlessCallHoldsUpNobody() {
    calls.holdsWorkers = true;
    CompletableFuture<JsonNode> endless =
        CompletableFuture.supplyAsync(() -> http.call("eth_call", "[" + ENDLESS + "]"));
    Watched.await(calls.entered);
    for (int connection = 0; connection < 4; connection++) {
      HttpClientFixture other = new HttpClientFixture(node.rpcAddresses().get(0));
      assertThat(other.call("eth_blockNumber", "[]").get("result").asText()).isEqualTo("0x0");
      assertThat(other.call("eth_call", "[" + SHORT + "]").has("result")).isTrue();
    }
    assertThat(endless).isNotDone();
    calls.gate.countDown();
    assertThat(endless.join().at("/error/message").asText()).isEqualTo("out of gas");
  }

  @Test
  void whoAsksForMuchIsNotTriedForAWhile() {
    http.call("eth_call", "[" + ENDLESS + "]");
    calls.takeThreads();
    for (int i = 0; i < 16; i++) {
      http.call("eth_call", "[" + SHORT + "]");
    }
    assertThat(calls.takeThreads()).containsOnly(WORKER).hasSize(16);
    http.call("eth_call", "[" + SHORT + "]");
    assertThat(calls.takeThreads()).containsExactly(LOOP);
  }

  /** What may read files, or makes another state, is no matter of microseconds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0x0\"",
        "\"earliest\"",
        "\"latest\",{\"0xb0b0000000000000000000000000000000000000\":{\"balance\":\"0x1\"}}",
        "\"latest\",null,{\"number\":\"0x0\"}"
      })
  void otherBlocksAndOverridesAreForWorkers(String more) {
    JsonNode answer = http.call("eth_call", "[" + SHORT + "," + more + "]");
    assertThat(answer.get("result").asText()).isEqualTo("0x" + "0".repeat(64));
    assertThat(calls.takeThreads()).containsExactly(LOOP, WORKER);
  }

  @Test
  void soIsMuchOutput() {
    // PUSH2 0x4000, PUSH1 0, RETURN: 16 KiB of zeros for few gas.
    JsonNode answer = http.call("eth_call", "[{\"data\":\"0x6140006000f3\"}]");
    assertThat(answer.get("result").asText()).hasSize(2 + 2 * 0x4000);
    assertThat(calls.takeThreads()).containsExactly(LOOP, WORKER);
  }

  @Test
  void aBatchWithACallIsNotTried() {
    JsonNode answers = http.post("[" + request(SHORT) + "," + request(SHORT) + "]");
    assertThat(answers).hasSize(2);
    assertThat(calls.takeThreads()).containsExactly(WORKER, WORKER);
  }

  @Test
  void answersKeepTheOrderOfRequests() {
    String answers =
        http.exchanged(
            post(request(ENDLESS), "")
                + post(request(SHORT).replace("7", "8"), "Connection: close\r\n"));
    assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(3);
    assertThat(answers.indexOf("out of gas")).isPositive().isLessThan(answers.indexOf("\"id\":8"));
  }

  private static String post(String body, String headers) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Errors are the same wherever they are found. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":\"0x60006000fd\"}",
        "{\"data\":\"0xfe\"}",
        "{\"data\":\"0x4360005260206000f3\",\"gas\":\"0x1\"}",
        "{\"data\":\"0x4360005260206000f3\",\"value\":\"0x1\"}",
        "{\"data\":\"0x5b600056\",\"gas\":\"0xd000\"}",
        "{\"data\":1}",
        "1"
      })
  void failuresAreThoseOfAWorker(String call) {
    JsonNode tried = http.post(request(call));
    JsonNode worked = http.post("[" + request(call) + "]").get(0);
    assertThat(tried.has("error")).isTrue();
    assertThat(tried).isEqualTo(worked);
    assertThat(calls.takeThreads()).containsExactly(LOOP, WORKER);
  }
}
