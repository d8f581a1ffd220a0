/** Transactions that wait for a block. */
@NullMarked
package dev.klay.core.txpool;

import org.jspecify.annotations.NullMarked;
