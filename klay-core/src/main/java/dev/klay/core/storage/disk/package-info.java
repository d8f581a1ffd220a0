/**
 * The durable chain store: two append-only logs of checksummed records, one for blocks and code and
 * one for the nodes of states, a head pointer, and an index that can be made anew from the blocks.
 * {@link dev.klay.core.storage.disk.Schema} tells every byte; {@link
 * dev.klay.core.storage.disk.DiskChainStore} the order of writes.
 */
@NullMarked
package dev.klay.core.storage.disk;

import org.jspecify.annotations.NullMarked;
