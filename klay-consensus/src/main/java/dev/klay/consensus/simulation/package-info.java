/**
 * Whole networks on one thread and one seed: virtual time, a network, disks, clocks and processes
 * that fail, and validators that lie, around the classes that run in production. {@link
 * dev.klay.consensus.simulation.SimulatedNetwork} is the door; {@link
 * dev.klay.consensus.simulation.SimulationRun} draws a whole run from a seed, checks the invariants
 * of {@code consensus.md} section 17 at every event, then heals the network and demands progress.
 */
@NullMarked
package dev.klay.consensus.simulation;

import org.jspecify.annotations.NullMarked;
