package dev.klay.client.web3j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.klay.consensus.rpc.JsonRpc;
import dev.klay.consensus.rpc.RpcSession;
import java.io.IOException;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** One subscription at a node; it is a client of its own there, so that its end ends all of it. */
final class NodeSubscription<T> implements Subscription, RpcSession.Sink {
  private final JsonRpc rpc;
  private final ObjectMapper mapper;
  private final Class<T> type;
  private final Subscriber<? super T> subscriber;
  private final RpcSession session = RpcSession.listening("web3j", this);
  private long demand;
  private boolean done;

  NodeSubscription(
      JsonRpc rpc, ObjectMapper mapper, Class<T> type, Subscriber<? super T> subscriber) {
    this.rpc = rpc;
    this.mapper = mapper;
    this.type = type;
    this.subscriber = subscriber;
  }

  void start(JsonNode request) {
    subscriber.onSubscribe(this);
    try {
      var unused =
          rpc.handle(mapper.writeValueAsBytes(request), session)
              .whenComplete(
                  (answer, failure) -> {
                    if (failure == null) {
                      answered(answer.orElse(new byte[0]));
                    } else {
                      fail(failure);
                    }
                  });
    } catch (IOException e) {
      fail(e);
    }
  }

  private void answered(byte[] answer) {
    try {
      JsonNode json = mapper.readTree(answer);
      if (json.has("error")) {
        fail(new IOException("the node does not take the subscription: " + json.path("error")));
      } else {
        session.answered();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  @Override
  public void request(long count) {
    if (count < 1) {
      fail(new IllegalArgumentException("request at least one, not " + count));
      return;
    }
    synchronized (this) {
      demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
    }
    session.ready();
  }

  @Override
  public synchronized boolean isReady() {
    return demand > 0 && !done;
  }

  @Override
  public void send(byte[] notification) {
    synchronized (this) {
      if (done) {
        return;
      }
      demand--;
    }
    try {
      subscriber.onNext(mapper.readValue(notification, type));
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  @Override
  public void overflow() {
    fail(new IOException("the subscriber is too slow and has lost something; subscribe again"));
  }

  @Override
  public void cancel() {
    boolean first;
    synchronized (this) {
      first = !done;
      done = true;
    }
    if (first) {
      session.close();
    }
  }

  private void fail(Throwable reason) {
    boolean first;
    synchronized (this) {
      first = !done;
    }
    cancel();
    if (first) {
      subscriber.onError(reason);
    }
  }
}
