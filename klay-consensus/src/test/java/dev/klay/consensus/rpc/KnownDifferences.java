package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What is meant to be otherwise here than in recorded answers, and why. A call that is listed with
 * a reason is not compared; one that {@link #adapted adapts} is, but for what is named there.
 */
final class KnownDifferences {
  private KnownDifferences() {}

  /** Why a call is not compared; empty if it is. */
  static Optional<String> reason(String chain, JsonNode call) {
    JsonNode result = call.path("result");
    return switch (call.get("method").asText()) {
      case "klay_protocolVersion" ->
          differs(result.asText().equals("0x40"), "the version of v1.4.2; ours is 0x41");
      case "web3_clientVersion" -> Optional.of("each node has its own name");
      case "klay_getCommittee" ->
          differs(
              chain.equals("chain-gamma"),
              "v1.4.2 answers the header's list, which is the proposer's view and mostly of another"
                  + " round; later versions and we compute the committee");
      case "klay_getTransactionBySenderTxHash" ->
          differs(result.isNull(), "the recording node kept no such index; ours always does");
      case "eth_feeHistory", "klay_feeHistory" ->
          differs(
              chain.equals("chain-delta") && isOfVotedFees(call),
              "Klaytn computes the base fee behind the last block with the parameters of the head;"
                  + " ours is the one the next block really had");
      case "klay_call" ->
          differs(
              chain.equals("chain-gamma") && call.has("error"),
              "v1.4.2 answers reverts by -32000 without data; later versions and we by 3 with data");
      case "eth_getProof" ->
          differs(call.has("error"), "v1.12.1 proves contracts only; ours every account");
      default -> Optional.empty();
    };
  }

  /** Blocks behind which the base fee moved by parameters that were voted on later. */
  private static boolean isOfVotedFees(JsonNode call) {
    String newest = call.get("params").get(1).asText();
    return newest.equals("0xaa") || newest.equals("0xd4") || newest.equals("0xfb");
  }

  private static Optional<String> differs(boolean applies, String reason) {
    return applies ? Optional.of(reason) : Optional.empty();
  }

  /**
   * The recorded answer without what is otherwise for a reason:
   *
   * <ul>
   *   <li>proofs of slots in an empty trie are null in Klaytn, and an empty list here, as the
   *       schema of Ethereum's methods wants it;
   *   <li>an access list has the order of a map in Go, by chance; both are sorted;
   *   <li>Klaytn lists the coinbase though it is warm from Shanghai on; we do not;
   *   <li>Klaytn's gas leaves out what the list itself costs; ours is what a transaction with the
   *       list uses, as geth's.
   * </ul>
   */
  static JsonNode adapted(JsonNode call, JsonNode answer) {
    JsonNode adapted = answer.deepCopy();
    for (JsonNode slot : adapted.path("result").path("storageProof")) {
      if (slot.path("proof").isNull()) {
        ((ObjectNode) slot).putArray("proof");
      }
    }
    if (call.get("method").asText().equals("eth_createAccessList")
        && adapted.path("result") instanceof ObjectNode created) {
      if (!created.path("accessList").isEmpty()) {
        created.remove("gasUsed");
      }
      created.set("accessList", AccessLists.normalised((ArrayNode) created.get("accessList")));
    }
    return adapted;
  }
}
