package dev.klay.consensus;

import dev.klay.consensus.node.Sealing;
import java.util.Optional;

/**
 * What the nodes of a development network share.
 *
 * @param from where they go on; a new chain if empty
 */
record Development(Sealing sealing, Impersonation impersonation, Optional<Snapshot> from) {}
