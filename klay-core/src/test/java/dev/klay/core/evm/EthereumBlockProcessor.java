package dev.klay.core.evm;

import dev.klay.core.block.Bloom;
import dev.klay.core.block.DeriveSha;
import dev.klay.core.block.Log;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Executes a block of Ethereum's public tests and compares all that its header says of the outcome.
 * The rules around the transactions are Ethereum's; the machine is ours.
 */
final class EthereumBlockProcessor {
  private static final Address SYSTEM = address("fffffffffffffffffffffffffffffffffffffffe");
  private static final Address BEACON_ROOTS = address("000f3df6d732807ef1319fb7b8bb8522d0beac02");
  private static final Address HISTORY = address("0000f90827f1c53a10cb7a02335b175320002935");
  private static final Address WITHDRAWALS = address("00000961ef480eb55e80d19ad83579a64c007002");
  private static final Address CONSOLIDATIONS = address("0000bbddc7ce488642fb579f8b00f3a590007251");
  private static final long SYSTEM_GAS = 30_000_000;

  private final EthereumNetwork network;
  private final EthereumHeader header;
  private final EvmRules rules;
  private final StateUpdater state;
  private final BlockContext context;
  private final EthereumRequests requests = new EthereumRequests();
  private final List<Bytes> receipts = new ArrayList<>();
  private Bloom bloom = Bloom.EMPTY;
  private long gasUsed;
  private int blobsLeft;

  EthereumBlockProcessor(
      EthereumNetwork network,
      EthereumHeader header,
      WorldState parent,
      long chainId,
      LongFunction<Hash> ancestors) {
    this.network = network;
    this.header = header;
    this.rules = network.rules(header.timestamp());
    this.state = new StateUpdater(parent);
    EthereumNetwork.Blobs blobs = network.blobs(header.timestamp());
    this.blobsLeft = blobs.max();
    this.context =
        new BlockContext(
            chainId,
            header.number(),
            header.timestamp(),
            header.coinbase(),
            has("Paris") ? UInt256.fromBytes(header.mixHash().toArray()) : header.difficulty(),
            header.gasLimit(),
            header.baseFee().orElse(UInt256.ZERO),
            EthereumTxExecutor.blobBaseFee(
                UInt256.of(header.excessBlobGas().orElse(0L)), blobs.fraction()),
            ancestors);
  }

  private boolean has(String fork) {
    return network.has(fork, header.timestamp());
  }

  /** The state after the block. */
  WorldState process(EthereumBlock block) {
    header.parentBeaconRoot().ifPresent(root -> callIfThere(BEACON_ROOTS, root.toBytes()));
    if (has("Prague")) {
      callIfThere(HISTORY, header.parentHash().toBytes());
    }
    block.transactions().forEach(this::execute);
    block
        .withdrawals()
        .ifPresent(list -> list.forEach(w -> state.addBalance(w.address(), w.amount())));
    state.finishTransaction(rules.removesEmptyAccounts());
    if (has("Prague")) {
      requests.add(1, callRequired(WITHDRAWALS));
      requests.add(2, callRequired(CONSOLIDATIONS));
    }
    if (!has("Paris")) {
      state.addBalance(header.coinbase(), proofOfWorkReward());
    }
    WorldState after = state.build(rules.removesEmptyAccounts());
    compare(after);
    return after;
  }

  /** 5, 3 or 2 ether (EIP-649, EIP-1234). */
  private Amount proofOfWorkReward() {
    return Amount.klay(has("Constantinople") ? 2 : has("Byzantium") ? 3 : 5);
  }

  private void execute(EthereumTx tx) {
    UInt256 gasLeft = UInt256.of(header.gasLimit() - gasUsed);
    EthereumTxExecutor executor = new EthereumTxExecutor(rules, state, context, gasLeft, blobsLeft);
    Optional<String> fault = executor.fault(tx);
    if (fault.isPresent()) {
      throw new InvalidEthereumBlock(fault.orElseThrow());
    }
    TxExecution.Outcome outcome = executor.execute(tx, Tracer.NONE);
    gasUsed += outcome.gasUsed();
    blobsLeft -= tx.blobHashes().size();
    List<Log> logs = outcome.result().logs();
    Bloom ofTx = Bloom.of(logs);
    bloom = bloom.or(ofTx);
    receipts.add(receipt(tx.type(), outcome.result().isSuccess(), ofTx, logs));
    requests.addDeposits(logs);
  }

  private Bytes receipt(int type, boolean success, Bloom ofTx, List<Log> logs) {
    RlpWriter writer = new RlpWriter();
    if (type != 0) {
      writer.raw(new byte[] {(byte) type});
    }
    writer.beginList();
    if (has("Byzantium")) {
      writer.integer(success ? 1 : 0);
    } else { // before EIP-658 the state behind the transaction
      writer.hash(EthereumState.root(state.build(rules.removesEmptyAccounts())));
    }
    writer.integer(gasUsed).bytes(ofTx.bits()).beginList();
    for (Log log : logs) {
      writer.beginList().address(log.address());
      writer.list(topics -> log.topics().forEach(topics::hash)).bytes(log.data()).endList();
    }
    return writer.endList().endList().toBytes();
  }

  /**
   * EIP-4788 and EIP-2935: a contract that is not there, or fails, is none of the block's faults.
   */
  private void callIfThere(Address contract, Bytes input) {
    if (!state.code(contract).isEmpty()) {
      call(contract, input);
    }
  }

  /** EIP-7002 and EIP-7251: the block is invalid if the contract is missing or fails. */
  private Bytes callRequired(Address contract) {
    if (state.code(contract).isEmpty()) {
      throw new InvalidEthereumBlock("no system contract at " + contract);
    }
    ExecutionResult result = call(contract, Bytes.EMPTY);
    if (!result.isSuccess()) {
      throw new InvalidEthereumBlock("the system contract at " + contract + " failed");
    }
    return result.output();
  }

  private ExecutionResult call(Address contract, Bytes input) {
    TxContext tx = new TxContext(SYSTEM, SYSTEM, UInt256.ZERO, Hash.ZERO, List.of());
    Message message = new Message(SYSTEM, Optional.of(contract), Amount.ZERO, input, SYSTEM_GAS);
    ExecutionResult result = Evm.run(rules, state, context, tx, message);
    state.finishTransaction(true);
    return result;
  }

  private void compare(WorldState after) {
    require(header.gasUsed() == gasUsed, "gas used is " + gasUsed);
    require(header.bloom().equals(bloom.bits()), "bloom");
    require(header.receiptsRoot().equals(DeriveSha.ORIGINAL.root(receipts)), "receipts root");
    require(header.stateRoot().equals(EthereumState.root(after)), "state root");
    if (has("Prague")) {
      require(header.requestsHash().orElseThrow().equals(requests.hash()), "requests hash");
    }
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new InvalidEthereumBlock(rule);
    }
  }

  private static Address address(String digits) {
    return Address.parse("0x" + digits);
  }
}
