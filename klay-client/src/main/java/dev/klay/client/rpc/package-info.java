/**
 * A chain that is somewhere else, over JSON-RPC by HTTP or WebSocket: the same {@code ChainService}
 * as a node in this process.
 */
@NullMarked
package dev.klay.client.rpc;

import org.jspecify.annotations.NullMarked;
