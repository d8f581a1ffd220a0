/**
 * The client that applications use: {@link dev.klay.client.KlayClient} over any chain, accounts
 * that send, and typed errors that say what to do next.
 */
@NullMarked
package dev.klay.client;

import org.jspecify.annotations.NullMarked;
