package dev.klay.core.evm;

/**
 * Why code stopped other than by its own will. All gas of the frame is gone, all its changes are
 * undone.
 */
public enum HaltReason {
  OUT_OF_GAS(0x07),
  /** A store with no more gas than a stipend (EIP-2200). */
  REENTRANCY_SENTRY(0x07),
  INVALID_OPCODE(0x02),
  INVALID_JUMP(0x02),
  STACK_UNDERFLOW(0x02),
  STACK_OVERFLOW(0x02),
  WRITE_PROTECTION(0x08),
  RETURN_DATA_OUT_OF_BOUNDS(0x02),
  COMPUTATION_COST(0x0a),
  CALL_DEPTH(0x03),
  INSUFFICIENT_BALANCE(0x02),
  NONCE_OVERFLOW(0x02),
  PRECOMPILE_FAILED(0x02),
  RESERVED_ADDRESS(0x02),
  ADDRESS_COLLISION(0x04),
  CODE_STORE_OUT_OF_GAS(0x05),
  CODE_TOO_LARGE(0x06),
  INIT_CODE_TOO_LARGE(0x02),
  /** Code that starts with 0xEF (EIP-3541). */
  INVALID_CODE(0x02);

  private final int receiptStatus;

  HaltReason(int receiptStatus) {
    this.receiptStatus = receiptStatus;
  }

  /** Klaytn's status in a receipt ({@code klaytn-evm.md} section 5). */
  public int receiptStatus() {
    return receiptStatus;
  }
}
