package dev.klay.examples.benchmarks.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks a node for more than it can answer, over so many connections, until its standard input ends;
 * the process that {@link RpcOverload} starts.
 */
public final class RpcFlood {
  private static final String NOBODY = "0xb0b0000000000000000000000000000000000000";

  /** Runs an overridden code that jumps to its start until the gas is used up. */
  private static final String BURN =
      "[{\"to\":\"" + NOBODY + "\"},\"latest\",{\"" + NOBODY + "\":{\"code\":\"0x5b600056\"}}]";

  private static final String READ = "[\"" + NOBODY + "\",\"latest\"]";

  private final InetSocketAddress node;
  private final AtomicBoolean over = new AtomicBoolean();
  private final LongAdder burnt = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder read = new LongAdder();

  private RpcFlood(InetSocketAddress node) {
    this.node = node;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int connections = Integer.parseInt(args[1]);
    try (HttpNode requests = new HttpNode(URI.create(args[0]))) {
      new RpcFlood(requests.address())
          .run(
              requests.request("eth_call", BURN),
              requests.request("eth_getBalance", READ),
              connections);
    }
  }

  private void run(ByteBuffer burn, ByteBuffer balance, int connections)
      throws IOException, InterruptedException {
    CountDownLatch answered = new CountDownLatch(connections);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      boolean reads = i % 2 == 1;
      Thread thread = new Thread(() -> ask(reads ? balance : burn, reads, answered));
      thread.start();
      threads.add(thread);
    }
    answered.await();
    long start = System.nanoTime();
    long[] first = {burnt.sum(), refused.sum(), read.sum()};
    System.out.println("flood: " + connections + " connections, all answered once");
    while (System.in.read() >= 0) {
      continue; // whoever started this says nothing, and then closes it
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    over.set(true);
    System.out.printf(
        "flood: %.1f calls of 50 Mgas a second ran, %.1f were refused or late, %.0f balances"
            + " read%n",
        (burnt.sum() - first[0]) / seconds,
        (refused.sum() - first[1]) / seconds,
        (read.sum() - first[2]) / seconds);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void ask(ByteBuffer request, boolean reads, CountDownLatch answered) {
    try (HttpConnection connection = new HttpConnection(node)) {
      while (!over.get()) {
        connection.send(request);
        boolean whole = false;
        while (!whole) {
          whole = connection.receive();
        }
        LongAdder counter =
            reads ? read : connection.answer().contains("out of gas") ? burnt : refused;
        counter.increment();
        answered.countDown();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
