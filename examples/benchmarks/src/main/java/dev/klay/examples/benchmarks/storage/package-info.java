/** Which engine keeps the nodes of a state best: the measurement behind the durable store. */
@NullMarked
package dev.klay.examples.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
