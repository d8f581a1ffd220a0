/**
 * The virtual machine: runs the code of contracts by the rules of one block ({@code klaytn-evm.md},
 * Yellow Paper, EIPs as cited). A function of state, context and message: no clock, no I/O.
 *
 * <p>{@link dev.klay.core.evm.Evm} runs a message and all the messages that follow from it in one
 * loop, with frames of its own, so that call depth never meets the depth of Java's stack. Words of
 * 256 bits lie as four longs, least significant first, in one array for each frame.
 */
@NullMarked
package dev.klay.core.evm;

import org.jspecify.annotations.NullMarked;
