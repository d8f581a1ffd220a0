/** Keeps what a node must find again: blocks, receipts, past states, indexes. */
@NullMarked
package dev.klay.core.storage;

import org.jspecify.annotations.NullMarked;
