package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.klay.core.block.Block;
import dev.klay.core.call.BlockOverride;
import dev.klay.core.call.Call;
import dev.klay.core.call.CallRefusedException;
import dev.klay.core.call.Overrides;
import dev.klay.core.call.Simulation;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.evm.Tracer;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.TransactionChecks;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.service.BlockRef;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Blocks that nobody sealed, one behind the other: each call sees what those before it did. All
 * together they have the gas, and the time, of one call. Nobody gets fees or rewards.
 */
final class SimulatedChain {
  /** As far as BLOCKHASH reaches, gaps between numbers counted. */
  private static final int BLOCKS_MAX = 256;

  private static final int NONCE_TOO_LOW = -38010;
  private static final int NONCE_TOO_HIGH = -38011;
  private static final int PRICE_TOO_LOW = -38012;
  private static final int INTRINSIC_GAS = -38013;
  private static final int FUNDS = -38014;
  private static final int BLOCK_GAS = -38015;
  private static final int NUMBER_ORDER = -38020;
  private static final int TIME_ORDER = -38021;
  private static final int INIT_CODE = -38025;
  private static final int TOO_MANY = -38026;

  private final RpcChain chain;
  private final Block base;
  private final BlockEnvironment environment;
  private final Options options;
  private final TransactionParam transactions;
  private final BooleanSupplier over;
  private final Map<Long, Hash> hashes = new HashMap<>();
  private final ArrayNode json = JsonNodeFactory.instance.arrayNode();

  private WorldState state;
  private long number;
  private long time;
  private Amount baseFee;
  private long gasLeft;

  /**
   * How a caller wants it.
   *
   * @param validated whether nonces and prices are checked as for a transaction
   * @param transfers whether movements of the coin are shown as logs
   * @param whole whether transactions are shown, or their hashes
   */
  record Options(boolean validated, boolean transfers, boolean whole) {}

  SimulatedChain(RpcChain chain, Block base, Options options) {
    this.chain = chain;
    this.base = base;
    this.options = options;
    this.environment = chain.reads().environment(base);
    this.transactions = new TransactionParam(chain);
    this.over = chain.timeIsOver();
    this.state = chain.state(BlockRef.number(base.number()));
    this.number = base.number();
    this.time = base.header().time();
    this.baseFee = options.validated() ? nextBaseFee() : Amount.ZERO;
    this.gasLeft = chain.limits().callGasMax();
    hashes.put(base.number(), base.hash());
  }

  /** Of the block behind the base; of an older base, the base's own, which is near. */
  private Amount nextBaseFee() {
    ChainHead head = chain.reads().head();
    return base.number() == head.number()
        ? chain.chain().nextBaseFee(head)
        : base.header().baseFee().orElse(Amount.ZERO);
  }

  JsonNode json() {
    return json;
  }

  /** Adds a block; where its number leaves a gap, empty ones before it. */
  void add(RpcValue block) {
    Overrides overrides =
        CallParam.overrides(block.field("stateOverrides"), block.field("blockOverrides"));
    long wanted = overrides.block().number().orElse(number + 1);
    if (wanted <= number) {
      throw new RpcException(
          NUMBER_ORDER, "block numbers must be in order: " + wanted + " <= " + number);
    }
    if (wanted - base.number() > BLOCKS_MAX) {
      throw new RpcException(
          TOO_MANY, "too many blocks: at most " + BLOCKS_MAX + " behind the one they build on");
    }
    RpcValue none = block.field("calls not given");
    while (number + 1 < wanted) {
      append(Overrides.NONE, none);
    }
    append(overrides, block.field("calls"));
  }

  private void append(Overrides overrides, RpcValue calls) {
    long blockTime = overrides.block().timeSeconds().orElse(time + 1);
    if (blockTime < time) {
      throw new RpcException(
          TIME_ORDER, "block timestamps must be in order: " + blockTime + " < " + time);
    }
    Hash parent = hashes.getOrDefault(number, Hash.ZERO);
    number++;
    time = blockTime;
    Amount fee = overrides.block().baseFee().orElse(baseFee);
    BlockRules rules = rules();
    SimulatedBlock block =
        new SimulatedBlock(chain, parent, number, time, coinbase(overrides.block()), fee, rules);
    Simulation at = simulation(overrides, fee, rules);
    if (calls.isPresent()) {
      for (RpcValue call : calls.asList()) {
        at = run(call.asObject(), at, block, fee);
      }
    }
    state = at.state();
    hashes.put(number, block.hash(state));
    json.add(block.json(state, options));
  }

  private static Address coinbase(BlockOverride block) {
    return block.coinbase().orElse(Address.ZERO);
  }

  /** Forks are those of the number; what was voted on reaches to the next block of the chain. */
  private BlockRules rules() {
    return chain.reads().rules(Math.min(number, chain.reads().head().number() + 1));
  }

  private Simulation simulation(Overrides overrides, Amount fee, BlockRules rules) {
    BlockEnvironment next =
        new BlockEnvironment(
            rules,
            coinbase(overrides.block()),
            Address.ZERO,
            time,
            fee,
            UInt256.ZERO,
            this::ancestor);
    Overrides numbered = overrides.with(overrides.block().withNumber(number));
    return new Simulation(state, next, numbered, chain.limits().callGasMax(), over);
  }

  private Hash ancestor(long ancestor) {
    Hash known = hashes.get(ancestor);
    return known != null ? known : environment.ancestors().apply(ancestor);
  }

  private Simulation run(RpcValue object, Simulation at, SimulatedBlock block, Amount fee) {
    RpcValue sender = object.field("from");
    Address from = sender.isPresent() ? sender.asAddress() : Address.ZERO;
    TxHead open = new TxHead(at.state().nonce(from), Amount.ZERO, gasLeft);
    Tx tx = transactions.read(object, from, open);
    if (tx.type().isFeeDelegated()) {
      throw object.field("typeInt").wrong("nobody else pays in a simulation; leave it out");
    }
    if (tx.gas() == 0) { // would mean as much as allowed
      throw new RpcException(INTRINSIC_GAS, "intrinsic gas too low: none is given");
    }
    if (tx.gas() > gasLeft) {
      throw new RpcException(
          BLOCK_GAS, "block gas limit reached: " + tx.gas() + " asked, " + gasLeft + " left");
    }
    SignedTx signed = SignedTx.impersonated(tx, from, chain.spec().chainId());
    if (options.validated()) {
      validate(signed, at.state(), fee);
    }
    TransferLogs transfers = new TransferLogs();
    try {
      Simulation.Continued done =
          at.runOn(Call.of(tx, from), options.transfers() ? transfers : Tracer.NONE);
      gasLeft -= done.result().gasUsed();
      block.add(
          signed, done.result(), options.transfers() ? transfers.logs() : done.result().logs());
      return done.after();
    } catch (CallRefusedException refused) {
      throw refusal(refused.rejection());
    }
  }

  private void validate(SignedTx signed, WorldState before, Amount fee) {
    Optional<Rejection> nonce = TransactionChecks.nonce(signed, before);
    if (nonce.isPresent()) {
      throw refusal(nonce.orElseThrow());
    }
    BlockRules rules = rules();
    Amount due = rules.has(Fork.MAGMA) ? fee : rules.parameters().unitPrice();
    if (signed.tx().gasPrice().isLessThan(due)) {
      throw new RpcException(
          PRICE_TOO_LOW,
          "max fee per gas less than block base fee: " + signed.tx().gasPrice() + " < " + due);
    }
  }

  private static RpcException refusal(Rejection rejection) {
    int code =
        switch (rejection.reason()) {
          case NONCE_TOO_LOW -> NONCE_TOO_LOW;
          case NONCE_TOO_HIGH, NONCE_AT_MAX -> NONCE_TOO_HIGH;
          case INTRINSIC_GAS_TOO_LOW, GAS_OVERFLOW -> INTRINSIC_GAS;
          case INSUFFICIENT_FUNDS, INSUFFICIENT_FEE_PAYER_FUNDS -> FUNDS;
          case INIT_CODE_TOO_LARGE -> INIT_CODE;
          default -> RpcError.SERVER;
        };
    return new RpcException(code, rejection.nodeMessage() + " (" + rejection.detail() + ")");
  }
}
