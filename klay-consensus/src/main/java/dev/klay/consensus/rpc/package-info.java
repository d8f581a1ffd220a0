/**
 * JSON-RPC over a node: a table of methods by name, filled by small namespace classes; the
 * dispatcher {@link dev.klay.consensus.rpc.JsonRpc}, which knows no socket; and the server in front
 * of it, which is off unless asked for.
 *
 * <p>A request goes: socket, {@code RpcServer}'s bounded workers, {@code JsonRpc}, a method. Every
 * limit is in {@link dev.klay.consensus.rpc.RpcLimits}. Methods read immutable heads and never wait
 * for consensus; what must wait, a transaction that is to be final, holds no thread.
 */
@NullMarked
package dev.klay.consensus.rpc;

import org.jspecify.annotations.NullMarked;
