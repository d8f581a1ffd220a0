/**
 * The one seam between a chain and its users: {@link dev.klay.core.service.ChainService}, typed and
 * asynchronous, with immutable values. A node implements it directly, a remote client over
 * JSON-RPC.
 */
@NullMarked
package dev.klay.core.service;

import org.jspecify.annotations.NullMarked;
