package dev.klay.core.evm.trace;

import dev.klay.crypto.primitive.Address;

/**
 * A line that a contract printed with {@code console.log}.
 *
 * @param depth of the frame that printed, 0 for the outermost
 * @param from the contract
 * @param text the arguments, as {@link ConsoleTracer} formats them
 */
public record ConsoleLine(int depth, Address from, String text) {}
