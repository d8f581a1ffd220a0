package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Blocks come as ever while clients ask for far more than can be answered. The bound is wide: the
 * clients are in this process, and the machines that run this are busy with other builds. What the
 * clients really cost, from a process of their own, {@code benchmarks.jar overload} measures.
 */
@Timeout(240)
class OverloadTest {
  private static final int CLIENTS = 20;
  private static final int BLOCKS = 12;
  private static final Duration PERIOD = Duration.ofMillis(200);
  private static final double SLOWER_MAX = 1.5;

  /**
   * A call that burns all the gas it is given: JUMPDEST, PUSH1 0, JUMP at an overridden address.
   */
  private static final String BURN =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_call\",\"params\":["
          + "{\"to\":\"0xb0b0000000000000000000000000000000000000\"},\"latest\","
          + "{\"0xb0b0000000000000000000000000000000000000\":{\"code\":\"0x5b600056\"}}]}";

  /** One that is answered by the threads that read sockets. */
  private static final String BRIEF =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBalance\",\"params\":["
          + "\"0xb0b0000000000000000000000000000000000000\",\"latest\"]}";

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong read = new AtomicLong();

  @Test
  void blocksComeInTimeUnderTenTimesTheLoad() throws InterruptedException {
    ChainSpec spec = ChainSpec.aspen().withValidators(4).withBlockPeriod(PERIOD);
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(1).rpc(0).start()) {
      HttpClientFixture client = new HttpClientFixture(network.rpcAddresses().get(0));
      client.post(BURN);
      double idle = intervalMillis(network);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Thread thread = new Thread(i % 2 == 0 ? () -> burn(client) : () -> read(client));
        thread.start();
        clients.add(thread);
      }
      double loaded = intervalMillis(network);
      over.set(true);
      for (Thread thread : clients) {
        thread.join();
      }
      System.out.printf(
          "rpc overload: a block every %.0f ms idle, %.0f ms under load; %d calls answered, %d"
              + " refused or too late, %d brief reads%n",
          idle, loaded, answered.get(), refused.get(), read.get());
      assertThat(loaded).isLessThan(Math.max(idle, PERIOD.toMillis()) * SLOWER_MAX);
      assertThat(answered.get()).isPositive();
      assertThat(read.get()).isPositive();
    }
  }

  private static double intervalMillis(KlayNetwork network) {
    long first = network.service().height().join() + 1;
    network.awaitHeight(first);
    long start = System.nanoTime();
    network.awaitHeight(first + BLOCKS);
    return (double) TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start) / 1000 / BLOCKS;
  }

  private void burn(HttpClientFixture client) {
    while (!over.get()) {
      JsonNode error = client.post(BURN).path("error");
      boolean ran = error.path("message").asText().equals("out of gas");
      (ran ? answered : refused).incrementAndGet();
    }
  }

  private void read(HttpClientFixture client) {
    while (!over.get()) {
      assertThat(client.post(BRIEF).path("result").asText()).isEqualTo("0x0");
      read.incrementAndGet();
    }
  }
}
