/**
 * Nodes in processes of their own, over TLS on loopback, with everything done to them that a
 * machine or a network can do.
 */
package dev.klay.consensus.processes;
