package dev.klay.examples.benchmarks.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.List;

/**
 * A closed loop of requests over kept connections, all of them served by the caller's thread and
 * {@code java.nio} alone: the load shares its processors with the node, so it must be cheap.
 */
final class RequestLoop {
  private final InetSocketAddress node;
  private final long[] nanos;
  private int answered;

  private RequestLoop(InetSocketAddress node, int count) {
    this.node = node;
    this.nanos = new long[count];
  }

  /**
   * Sends each sequence over a connection of its own, each request when the one before is answered.
   *
   * @param count requests of all sequences together
   * @return the nanoseconds that each took
   * @throws IllegalStateException if an answer is an error
   */
  static long[] run(InetSocketAddress node, List<Iterator<ByteBuffer>> sequences, int count) {
    try {
      return new RequestLoop(node, count).run(sequences);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection with what is left to send over it. */
  private static final class Lane {
    final HttpConnection connection;
    final Iterator<ByteBuffer> requests;
    long sentNanos;

    Lane(HttpConnection connection, Iterator<ByteBuffer> requests) {
      this.connection = connection;
      this.requests = requests;
    }

    /** Sends the next; false if there is none. */
    boolean send() throws IOException {
      if (!requests.hasNext()) {
        connection.close();
        return false;
      }
      sentNanos = System.nanoTime();
      connection.send(requests.next());
      return true;
    }
  }

  private long[] run(List<Iterator<ByteBuffer>> sequences) throws IOException {
    try (Selector selector = Selector.open()) {
      int open = 0;
      for (Iterator<ByteBuffer> requests : sequences) {
        open += start(selector, requests) ? 1 : 0;
      }
      while (open > 0) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          open -= step((Lane) key.attachment()) ? 0 : 1;
        }
        selector.selectedKeys().clear();
      }
    }
    return nanos;
  }

  private boolean start(Selector selector, Iterator<ByteBuffer> requests) throws IOException {
    Lane lane = new Lane(new HttpConnection(node), requests);
    lane.connection.channel().configureBlocking(false);
    lane.connection.channel().register(selector, SelectionKey.OP_READ, lane);
    return lane.send();
  }

  /** Takes what arrived and sends the next if that was all; false when the lane is done. */
  private boolean step(Lane lane) throws IOException {
    if (!lane.connection.receive()) {
      return true;
    }
    nanos[answered++] = System.nanoTime() - lane.sentNanos;
    lane.connection.ensureNoError();
    return lane.send();
  }
}
