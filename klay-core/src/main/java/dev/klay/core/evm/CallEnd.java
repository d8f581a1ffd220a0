package dev.klay.core.evm;

import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;

/**
 * How a call ended.
 *
 * @param depth 0 for the outermost
 * @param status success, revert or halt
 * @param halt the reason of a halt
 * @param gasUsed of what it was given; all after a halt
 * @param output what it returned, or the revert data
 */
public record CallEnd(
    int depth,
    ExecutionResult.Status status,
    Optional<HaltReason> halt,
    long gasUsed,
    Bytes output) {}
