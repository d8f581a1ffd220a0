package dev.klay.examples.benchmarks.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One kept connection to a node: a request out, its answer in, then the next. */
final class HttpConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final HttpAnswer answer = new HttpAnswer();
  private ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);

  HttpConnection(InetSocketAddress node) throws IOException {
    channel = SocketChannel.open(node);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  SocketChannel channel() {
    return channel;
  }

  /** Writes a request whole; what is asked here always fits the buffers of the socket, or waits. */
  void send(ByteBuffer request) throws IOException {
    answer.clear();
    in.clear();
    ByteBuffer left = request.duplicate();
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /** Reads what is there; whether the answer is whole. */
  boolean receive() throws IOException {
    if (!in.hasRemaining()) {
      in = ByteBuffer.allocateDirect(2 * in.capacity()).put(in.flip());
    }
    if (channel.read(in) < 0) {
      throw new EOFException("the node closed the connection");
    }
    return answer.isWhole(in);
  }

  /**
   * The body of the answer that is whole.
   *
   * @throws IllegalStateException if it names an error
   */
  String body() {
    ensureNoError();
    return answer();
  }

  /** The body of the answer that is whole, an error or not. */
  String answer() {
    return answer.body(in);
  }

  /** As {@link #body}, for those who only want to know that it succeeded. */
  void ensureNoError() {
    if (answer.isError(in)) {
      throw new IllegalStateException(answer.body(in));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
