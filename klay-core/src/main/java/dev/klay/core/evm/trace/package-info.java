/**
 * What can be learned of a run by watching it: tracers that yield values, and those values as JSON
 * in the shapes of geth and Klaytn. Also aids for developers of contracts: where a transaction
 * failed, why it reverted, what it printed.
 *
 * <pre>{@code
 * CallTracer tracer = new CallTracer(CallTracer.Options.DEFAULT);
 * Evm.run(rules, state, block, tx, message, tracer);
 * CallFrame outermost = tracer.result();
 * }</pre>
 *
 * <p>A tracer is for one run. Whatever it keeps is bounded by a {@link
 * dev.klay.core.evm.trace.TraceBudget}.
 */
@NullMarked
package dev.klay.core.evm.trace;

import org.jspecify.annotations.NullMarked;
