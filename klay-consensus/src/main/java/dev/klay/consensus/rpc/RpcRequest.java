package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Optional;

/**
 * A request that has been read: one call or a batch.
 *
 * @param fault why it is none
 * @param isBrief whether all it asks for takes microseconds, so that handing it to another thread
 *     would take longer
 */
record RpcRequest(JsonNode json, Optional<RpcError> fault, boolean isBrief) {
  static RpcRequest malformed(RpcError fault) {
    return new RpcRequest(NullNode.instance, Optional.of(fault), true);
  }
}
