package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Optional;

/**
 * A request that has been read: one call or a batch.
 *
 * @param fault why it is none
 * @param brevity of all it asks for together
 */
record RpcRequest(JsonNode json, Optional<RpcError> fault, Brevity brevity) {
  static RpcRequest malformed(RpcError fault) {
    return new RpcRequest(NullNode.instance, Optional.of(fault), Brevity.ALWAYS);
  }
}
