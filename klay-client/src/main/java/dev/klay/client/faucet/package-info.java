/** Coins to try a test chain with. */
@NullMarked
package dev.klay.client.faucet;

import org.jspecify.annotations.NullMarked;
