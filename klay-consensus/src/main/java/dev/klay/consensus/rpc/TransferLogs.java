package dev.klay.consensus.rpc;

import dev.klay.core.block.Log;
import dev.klay.core.evm.CallEnd;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.evm.Tracer;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The logs of a run, and between them one for each movement of the coin, in the form of ERC-20's
 * Transfer by an address that is nobody's (execution-apis, {@code traceTransfers}).
 */
final class TransferLogs implements Tracer {
  private static final Address NATIVE = Address.parse("0x" + "ee".repeat(20));

  /** Keccak-256 of {@code Transfer(address,address,uint256)}. */
  private static final Hash TRANSFER =
      Hash.fromHex("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");

  private final List<Log> logs = new ArrayList<>();

  /** How many logs there were when each call that is not over began. */
  private final Deque<Integer> begun = new ArrayDeque<>();

  List<Log> logs() {
    return logs;
  }

  @Override
  public void onLog(Log log) {
    logs.add(log);
  }

  @Override
  public void onEnter(CallStart call) {
    begun.push(logs.size());
    if (!call.value().isZero() && moves(call.kind())) {
      logs.add(
          new Log(
              NATIVE,
              List.of(TRANSFER, topic(call.from()), topic(call.to())),
              Bytes.wrap(call.value().toBytes32())));
    }
  }

  private static boolean moves(CallStart.Kind kind) {
    return switch (kind) {
      case CALL, CREATE, CREATE2, SELFDESTRUCT -> true;
      case CALLCODE, DELEGATECALL, STATICCALL -> false;
    };
  }

  private static Hash topic(Address address) {
    return Hash.fromHex("0x" + "0".repeat(24) + address.toHex().substring(2));
  }

  @Override
  public void onExit(CallEnd end) {
    int before = begun.pop();
    if (end.status() != ExecutionResult.Status.SUCCESS) {
      logs.subList(before, logs.size()).clear();
    }
  }
}
