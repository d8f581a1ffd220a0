package dev.klay.consensus.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between two nodes and passes bytes on, or does what bad networks do. One thread accepts,
 * and each connection has two.
 */
final class FaultProxy implements AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private final ServerSocket server;
  private final int target;
  private final List<Socket> open = new ArrayList<>();
  private boolean refusing;
  private boolean forwardHeld;
  private boolean backwardHeld;
  private long delayMillis;
  private int bytesPerPiece = BUFFER;
  private boolean closed;

  FaultProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  private static void daemon(Runnable body) {
    Thread thread = new Thread(body, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  // Faults

  /** Resets all connections and takes no new ones. */
  synchronized void refuse() {
    refusing = true;
    closeAll();
  }

  /** Resets all connections; new ones are fine. */
  synchronized void reset() {
    closeAll();
  }

  /** Passes nothing on, either way, and ends nothing: nobody can tell it from a slow network. */
  synchronized void blackhole() {
    forwardHeld = true;
    backwardHeld = true;
  }

  /** Passes on one way only. */
  synchronized void oneWay(boolean forward) {
    forwardHeld = !forward;
    backwardHeld = forward;
  }

  synchronized void delay(long millis) {
    delayMillis = millis;
  }

  /** Passes on so many bytes at a time, each time after the delay. */
  synchronized void throttle(int bytes, long millis) {
    bytesPerPiece = bytes;
    delayMillis = millis;
  }

  synchronized void heal() {
    refusing = false;
    forwardHeld = false;
    backwardHeld = false;
    delayMillis = 0;
    bytesPerPiece = BUFFER;
    notifyAll();
  }

  private void closeAll() {
    for (Socket socket : open) {
      close(socket);
    }
    open.clear();
    notifyAll();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  // Passing on

  private void accept() {
    while (true) {
      try {
        Socket client = server.accept();
        if (!connect(client)) {
          client.close();
        }
      } catch (IOException ended) {
        return; // the proxy was closed
      }
    }
  }

  private synchronized boolean connect(Socket client) {
    if (refusing || closed) {
      return false;
    }
    Socket node;
    try {
      node = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException nobodyThere) {
      return false;
    }
    open.add(client);
    open.add(node);
    daemon(() -> pump(client, node, true));
    daemon(() -> pump(node, client, false));
    return true;
  }

  private void pump(Socket from, Socket to, boolean forward) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (true) {
        int most = pieceSize();
        int length = in.read(buffer, 0, most);
        if (length < 0 || !mayPass(forward, from)) {
          return;
        }
        out.write(buffer, 0, length);
      }
    } catch (IOException ended) {
      return; // one end is gone, and so is the other now
    } finally {
      forget(from, to);
    }
  }

  private synchronized void forget(Socket one, Socket other) {
    open.remove(one);
    open.remove(other);
  }

  private synchronized int pieceSize() {
    return bytesPerPiece;
  }

  /** Waits as long as it takes; false if the connection ended meanwhile. */
  private synchronized boolean mayPass(boolean forward, Socket socket) {
    try {
      while (!socket.isClosed() && (forward ? forwardHeld : backwardHeld)) {
        wait();
      }
      if (delayMillis > 0) {
        long end = System.nanoTime() + delayMillis * 1_000_000;
        for (long left = delayMillis; left > 0 && !socket.isClosed(); ) {
          wait(left);
          left = (end - System.nanoTime()) / 1_000_000;
        }
      }
      return !socket.isClosed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    server.close();
    closeAll();
  }
}
