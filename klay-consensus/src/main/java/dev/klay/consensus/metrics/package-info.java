/**
 * What a node measures of itself. A {@link Metrics} is told of everything; {@link MeterBook} is the
 * one that each node has, and another can be given to {@code NodeBuilder.metrics}.
 */
@NullMarked
package dev.klay.consensus.metrics;

import org.jspecify.annotations.NullMarked;
