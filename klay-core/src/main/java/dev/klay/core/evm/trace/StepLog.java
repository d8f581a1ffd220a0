package dev.klay.core.evm.trace;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One opcode of a step log.
 *
 * @param gas before it
 * @param gasCost in all; of a call with the gas that it hands on; more than gas if that ran out
 * @param depth 1 for the outermost frame
 * @param refund collected before it
 * @param stack the top last; empty if not asked for
 * @param memory before it; empty if not asked for
 * @param memorySizeAfter bytes of memory in use once the opcode is paid for
 * @param returnData of the last call; empty if not asked for
 * @param storage the slots that the contract has loaded or stored so far, this opcode included
 * @param touchesStorage whether it is one that loads or stores
 * @param error why it was refused
 * @param computationCost Klaytn's cost of the opcode
 * @param computationLeft of the limit, after it
 */
public record StepLog(
    int pc,
    String mnemonic,
    long gas,
    long gasCost,
    int depth,
    long refund,
    Optional<List<UInt256>> stack,
    Optional<Bytes> memory,
    int memorySizeAfter,
    Optional<Bytes> returnData,
    Optional<SortedMap<UInt256, UInt256>> storage,
    boolean touchesStorage,
    Optional<String> error,
    long computationCost,
    long computationLeft) {
  public StepLog {
    stack = stack.map(List::copyOf);
    storage = storage.map(slots -> Collections.unmodifiableSortedMap(new TreeMap<>(slots)));
  }
}
