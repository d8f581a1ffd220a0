package dev.klay.core.evm.trace;

import dev.klay.core.evm.Step;

/**
 * An opcode in the code of a frame, as it stood before it ran.
 *
 * @param opcode 0 to 255
 * @param gas before it
 * @param stackSize words on the stack
 * @param stackNeeded words that it takes
 * @param stackAllowed words that may be there at most
 */
public record CodePosition(
    int pc,
    int opcode,
    String mnemonic,
    long gas,
    int stackSize,
    int stackNeeded,
    int stackAllowed) {
  static CodePosition of(Step step) {
    return new CodePosition(
        step.pc(),
        step.opcode(),
        step.mnemonic(),
        step.gas(),
        step.stackSize(),
        step.stackNeeded(),
        step.stackAllowed());
  }
}
