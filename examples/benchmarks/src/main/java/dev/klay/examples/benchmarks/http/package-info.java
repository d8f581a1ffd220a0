/** A load over JSON-RPC from a process of its own, the same for any node. */
@NullMarked
package dev.klay.examples.benchmarks.http;

import org.jspecify.annotations.NullMarked;
