/** Measurements of nodes for Micrometer, where that optional library is on the class path. */
@NullMarked
package dev.klay.consensus.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
