package dev.klay.client.web3j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.klay.consensus.KlayNode;
import dev.klay.consensus.rpc.JsonRpc;
import dev.klay.consensus.rpc.RpcSession;
import io.reactivex.Flowable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.web3j.protocol.ObjectMapperFactory;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.websocket.events.Notification;

/**
 * Lets web3j talk to a node in this process: no HTTP, no port, the node's own answers. Calls run in
 * the thread that makes them. The node stays its owner's to close.
 *
 * <pre>{@code
 * Web3j web3j = Web3j.build(KlayWeb3jService.of(node), 100, executor);
 * Shop shop = Shop.deploy(web3j, transactions, gas).send();   // a generated wrapper
 * }</pre>
 */
public final class KlayWeb3jService implements Web3jService {
  private static final String CLIENT = "web3j";

  private final JsonRpc rpc;
  private final RpcSession session = RpcSession.asking(CLIENT);
  private final ObjectMapper mapper = ObjectMapperFactory.getObjectMapper();

  private KlayWeb3jService(JsonRpc rpc) {
    this.rpc = rpc;
  }

  public static KlayWeb3jService of(KlayNode node) {
    return new KlayWeb3jService(node.rpc());
  }

  @Override
  @SuppressWarnings("rawtypes")
  public <T extends Response> T send(Request request, Class<T> type) throws IOException {
    return join(sendAsync(request, type));
  }

  @Override
  @SuppressWarnings("rawtypes")
  public <T extends Response> CompletableFuture<T> sendAsync(Request request, Class<T> type) {
    return handle(mapper.valueToTree(request)).thenApply(answer -> read(answer, type));
  }

  @Override
  public BatchResponse sendBatch(BatchRequest batch) throws IOException {
    return join(sendBatchAsync(batch));
  }

  @Override
  public CompletableFuture<BatchResponse> sendBatchAsync(BatchRequest batch) {
    List<Request<?, ? extends Response<?>>> requests = batch.getRequests();
    if (requests.isEmpty()) {
      return CompletableFuture.completedFuture(new BatchResponse(List.of(), List.of()));
    }
    ArrayNode all = mapper.createArrayNode();
    requests.forEach(request -> all.add(mapper.<JsonNode>valueToTree(request)));
    return handle(all)
        .thenApply(
            answers -> {
              if (!answers.isArray() || answers.size() != requests.size()) {
                throw new UncheckedIOException(
                    new IOException("the batch was refused: " + answers.path("error")));
              }
              List<Response<?>> read = new ArrayList<>();
              for (int i = 0; i < requests.size(); i++) {
                read.add(read(answers.get(i), requests.get(i).getResponseType()));
              }
              return new BatchResponse(requests, read);
            });
  }

  /**
   * Notifications of {@code eth_subscribe}; taken at the subscriber's pace, ended by its cancel.
   */
  @Override
  @SuppressWarnings("rawtypes")
  public <T extends Notification<?>> Flowable<T> subscribe(
      Request request, String unsubscribeMethod, Class<T> type) {
    JsonNode subscription = mapper.valueToTree(request);
    return Flowable.fromPublisher(
        subscriber -> new NodeSubscription<>(rpc, mapper, type, subscriber).start(subscription));
  }

  private CompletableFuture<JsonNode> handle(JsonNode request) {
    byte[] bytes;
    try {
      bytes = mapper.writeValueAsBytes(request);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    return rpc.handle(bytes, session)
        .thenApply(
            answer -> {
              try {
                return mapper.readTree(answer.orElse(new byte[0]));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private <T> T read(JsonNode answer, Class<T> type) {
    try {
      return mapper.treeToValue(answer, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T join(CompletableFuture<T> future) throws IOException {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      throw new IOException(e.getCause());
    }
  }

  /** Nothing is owned: the node goes on. */
  @Override
  public void close() {
    session.close();
  }
}
