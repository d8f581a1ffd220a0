/** Speed and memory, measured. */
@NullMarked
package dev.klay.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
