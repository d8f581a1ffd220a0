package dev.klay.consensus;

import dev.klay.consensus.node.Sealing;
import dev.klay.core.storage.ChainContent;

/**
 * What the nodes of a development network share.
 *
 * @param content the chain that they start with
 */
record Development(Sealing sealing, Impersonation impersonation, ChainContent content) {}
