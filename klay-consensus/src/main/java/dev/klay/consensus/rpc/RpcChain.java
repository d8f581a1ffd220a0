package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.Overrides;
import dev.klay.core.call.Simulation;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.evm.GasBudget;
import dev.klay.core.importing.Chain;
import dev.klay.core.json.Quantity;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainReads;
import dev.klay.core.service.LocalChainService;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The chain that methods are answered from, and the node it is on.
 *
 * @param service takes transactions and answers what needs no JSON
 */
public record RpcChain(LocalChainService service, TxPool pool, NodeFacts node, RpcLimits limits) {
  /** As much as a byte of a log costs. */
  private static final long OUTPUT_BYTE_WORK = 8;

  public ChainReads reads() {
    return service.reads();
  }

  public Chain chain() {
    return reads().chain();
  }

  public ChainSpec spec() {
    return chain().spec();
  }

  /** From now on, whether a call that starts now has had its time. */
  BooleanSupplier timeIsOver() {
    long start = System.nanoTime();
    return () -> System.nanoTime() - start > limits.callTime().toNanos();
  }

  /**
   * What calls are tried on, within the budget of the request: the state after the block that the
   * second parameter names, with the overrides of the third and fourth. With little time only on
   * the head, since other blocks may lie in files, and without overrides.
   *
   * @param over see {@link ChainReads#simulation(BlockRef, Overrides, long, BooleanSupplier)}
   * @throws RpcException in Klaytn's words if the block is not there
   */
  Simulation simulation(RpcParams params, BooleanSupplier over) {
    BlockRef ref = params.at(1).asBlockOrLatest();
    if (!(ref instanceof BlockRef.Tag) || params.has(2) || params.has(3)) {
      params.budget().ensureUnlimited();
    }
    required(ref);
    Overrides overrides = CallParam.overrides(params.at(2), params.at(3));
    return reads().simulation(ref, overrides, limits.callGasMax(), over).within(params.budget());
  }

  /** Writing out what a call returned takes time, too. */
  static void countOutput(CallResult result, GasBudget budget) {
    budget.take(OUTPUT_BYTE_WORK * result.output().size());
  }

  /** A block; in Klaytn's dialect one that is not there is an error. */
  Optional<StoredBlock> block(BlockRef ref, Dialect dialect) {
    if (dialect == Dialect.KLAY && ref.equals(BlockRef.PENDING)) {
      throw RpcException.refused("pending block is not prepared yet; ask for latest");
    }
    Optional<StoredBlock> found = reads().block(ref);
    if (found.isEmpty() && dialect == Dialect.KLAY) {
      throw unknown("block", ref);
    }
    return found;
  }

  /**
   * A block that must be there, in whatever dialect.
   *
   * @throws RpcException in Klaytn's words if it is not
   */
  StoredBlock required(BlockRef ref) {
    return reads().block(ref).orElseThrow(() -> unknown("header", ref));
  }

  /**
   * The state after a block.
   *
   * @throws RpcException in Klaytn's words if the block is not there
   */
  WorldState state(BlockRef ref) {
    if (!(ref instanceof BlockRef.Tag)) {
      required(ref);
    }
    return reads().state(ref);
  }

  static RpcException unknown(String what, BlockRef ref) {
    String which =
        ref instanceof BlockRef.Number number
            ? " (block number: " + number.number() + ")"
            : ref instanceof BlockRef.ByHash byHash ? " (block hash: " + byHash.hash() + ")" : "";
    return RpcException.refused("the " + what + " does not exist" + which);
  }

  static JsonNode quantity(long number) {
    return TextNode.valueOf(Quantity.of(number));
  }

  static JsonNode quantity(UInt256 number) {
    return TextNode.valueOf(Quantity.of(number));
  }

  static JsonNode quantity(Amount amount) {
    return TextNode.valueOf(Quantity.of(amount));
  }

  /** What there is, or JSON's null. */
  static JsonNode orNull(Optional<? extends JsonNode> found) {
    return found.isPresent() ? found.orElseThrow() : NullNode.instance;
  }

  /** An amount as a plain number, as Klaytn writes rewards. */
  static JsonNode plain(Amount amount) {
    return JsonNodeFactory.instance.numberNode(amount.peb().toBigInteger());
  }
}
