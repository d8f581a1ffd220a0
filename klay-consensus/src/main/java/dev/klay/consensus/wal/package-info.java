/**
 * The vote ledger: what a node signed, durable before anybody else sees it ({@code consensus.md}
 * section 9).
 */
@NullMarked
package dev.klay.consensus.wal;

import org.jspecify.annotations.NullMarked;
