package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Methods of a server under test, one of which does not return before it is let. */
final class ServedMethods {
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch gate = new CountDownLatch(1);

  RpcMethods table() {
    RpcMethods methods = new RpcMethods();
    methods.add("test_echo", params -> TextNode.valueOf(params.at(0).asText()));
    methods.add("test_large", params -> TextNode.valueOf("x".repeat(params.at(0).asCount())));
    methods.add("test_block", params -> block());
    methods.addBriefAsync("test_never", params -> new CompletableFuture<>());
    methods.addBrief("test_thread", params -> TextNode.valueOf(Thread.currentThread().getName()));
    return methods;
  }

  private JsonNode block() {
    entered.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return TextNode.valueOf("done");
  }
}
