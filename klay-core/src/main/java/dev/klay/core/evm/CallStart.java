package dev.klay.core.evm;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;

/**
 * A call as a {@link Tracer} sees it start.
 *
 * @param depth 0 for the outermost
 * @param from whose code calls; for DELEGATECALL, too
 * @param to whose code runs, the account that is created, or who inherits
 * @param value in peb or wei; for DELEGATECALL that of the caller
 * @param input calldata or init code
 * @param gas that it may use
 * @param precompiled whether the code is part of the machine
 */
public record CallStart(
    Kind kind,
    int depth,
    Address from,
    Address to,
    UInt256 value,
    Bytes input,
    long gas,
    boolean precompiled) {
  /** By which opcode; the outermost is a {@link #CALL} or a {@link #CREATE}. */
  public enum Kind {
    CALL,
    CALLCODE,
    DELEGATECALL,
    STATICCALL,
    CREATE,
    CREATE2,
    SELFDESTRUCT;

    static Kind of(int opcode) {
      return switch (opcode) {
        case Opcodes.CALL -> CALL;
        case Opcodes.CALLCODE -> CALLCODE;
        case Opcodes.DELEGATECALL -> DELEGATECALL;
        case Opcodes.STATICCALL -> STATICCALL;
        case Opcodes.CREATE -> CREATE;
        case Opcodes.CREATE2 -> CREATE2;
        case Opcodes.SELFDESTRUCT -> SELFDESTRUCT;
        default -> throw new AssertionError("opcode " + opcode + " calls nobody");
      };
    }
  }
}
