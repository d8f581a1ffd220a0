package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.consensus.ImportedNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.ImportedChain;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Requests of clients to every method of a real node. */
public enum RpcTargets implements FuzzTarget {
  /** A request; every answer is one of JSON-RPC, and no failure is one that nobody foresaw. */
  JSON_RPC;

  private static final String ADDRESS = "0x27b1fdb04752bbc536007a920d24acb045561c26";
  private static final List<String> PARAMS =
      List.of(
          "[]",
          "[\"latest\", true]",
          "[\"" + ADDRESS + "\", \"0x0\", \"latest\"]",
          "[{\"to\":\"" + ADDRESS + "\",\"data\":\"0x00\",\"gas\":\"0x5208\"}, \"latest\"]",
          "[\"0x" + "11".repeat(32) + "\", \"0x1\"]",
          "[{\"fromBlock\":\"0x0\",\"topics\":[null,[\"0x" + "22".repeat(32) + "\"]]}]");

  @Override
  public boolean accepts(byte[] input) {
    CompletableFuture<Optional<byte[]>> answer =
        RealNode.RPC.handle(input, RpcSession.asking("a test"));
    if (!answer.isDone()) {
      return true; // it waits for a block
    }
    Optional<byte[]> text = answer.join();
    boolean accepted = text.isEmpty();
    if (text.isPresent()) {
      JsonNode json = JsonText.read(text.orElseThrow());
      for (JsonNode each : json.isArray() ? json : List.of(json)) {
        assertThat(each.path("jsonrpc").asText()).isEqualTo("2.0");
        assertThat(each.has("result")).isNotEqualTo(each.has("error"));
        int code = each.path("error").path("code").asInt(0);
        assertThat(code).as(each.toString()).isNotEqualTo(RpcError.INTERNAL);
        accepted |= code != RpcError.PARSE && code != RpcError.INVALID_REQUEST;
      }
    }
    return accepted;
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String method : RealNode.RPC.methods().names()) {
      for (String params : PARAMS) {
        seeds.add(
            ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
                    + method
                    + "\",\"params\":"
                    + params
                    + "}")
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    seeds.add(
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"},{}]"
            .getBytes(StandardCharsets.UTF_8));
    return seeds;
  }

  /** All that a node serves, on a chain that has its genesis only and no threads. */
  private static final class RealNode {
    static final JsonRpc RPC =
        ImportedNode.start(
                ImportedChain.open(ChainSpec.development(), Storage.inMemory()), List.of())
            .rpc();
  }
}
